"""One rule for everything that is scarce: weighted max-min with floors and caps. Pure numbers only, no parts."""
