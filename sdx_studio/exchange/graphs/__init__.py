"""What all graph files have in common: nodes, edges, how they are placed, and traffic between them.

May not enter: anything that knows how one of the formats is spelled.
"""
