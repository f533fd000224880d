"""Words of choices, for the catalogues: what stands in a field's list is shown in the language in use.

Names of products, media, power models and detectors stay as they are in every language.
"""

from sdx_studio.words import mark

WORDS = frozenset(
    {
        # how a mainframe shares its work
        mark("batch"), mark("time sharing"), mark("virtual machines"),
        # the course of a load
        mark("steady"), mark("wave"), mark("bursty"), mark("day"),
        # migration
        mark("standard"), mark("as the product does"),
        mark("blackboard"), mark("blackboard, auto-converge"), mark("blackboard, eight at once"),
        # restart priority
        mark("high"), mark("medium"), mark("low"),
        # what a volume is shown as
        mark("disk"), mark("tape"),
        # rules of a controller
        mark("parallel"), mark("serial"),
        # a cluster: isolation, admission control, load balancing
        mark("leave running"), mark("restart elsewhere"), mark("none"), mark("slots"), mark("percentage"),
        mark("off"), mark("manual"), mark("partial"), mark("automatic"),
        # replication, requests, cables
        mark("asynchronous"), mark("synchronous"), mark("at random"), mark("evenly"),
        mark("ethernet"), mark("storage"), mark("control"), mark("wan"), mark("wireless"),
    }
)  # fmt: skip
"""Every word of a choice that is translated."""
