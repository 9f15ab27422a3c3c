"""What is seen before and beside the work: signing in, the account, unlocking."""

from __future__ import annotations

from tests.journeys import steps
from tests.journeys.sights import Sight
from tests.journeys.steps import fill, press, words

UNLOCK = "Your six words, as they are now"

NOBODY = [
    Sight("/sign-in", "Sign in", h1="Come in"),
    Sight("/sign-in", "Error: Sign in", (press("Continue"),), h1="Come in"),
    Sight(
        "/sign-in",
        "Error: Sign in",
        (fill("Your sign-in name", "x"), fill("Passphrase", "y"), press("Continue")),
        h1="Come in",
    ),
    Sight("/sign-in?said=out", "Sign in", h1="Come in"),
    Sight("/sign-in", "The code from your phone", (steps.first_step,), reaches="code"),
    Sight(
        "/sign-in",
        "Error: The code from your phone",
        (steps.first_step, press("Come in")),
        reaches="code",
    ),
    Sight("/sign-in/recovery", "Come in with your recovery code"),
    Sight("/sign-in/recovery", "Error: Come in with your recovery code", (press("Continue"),)),
    Sight("/unlock/help", "I cannot unlock"),
    Sight("/card", "Make your account"),
    Sight("/card", "Error: Make your account", (press("Continue"),)),
    Sight("/card", "Your words and your phone", (steps.show_the_card,)),
    Sight(
        "/card",
        "Error: Your words and your phone",
        (steps.show_the_card, press("Make my account")),
        reaches="accept",
    ),
    Sight(
        "/card",
        "Your account is made",
        (steps.show_the_card, steps.make_the_account),
        reaches="accept",
    ),
    Sight("/nowhere", "Nothing here that you may see", status=404),
]

# Signed in for real; she has a team, and no child yet.
CEL = [
    Sight("/sign-in", "Home", (steps.come_in,), h1="Good *, Cel", reaches="home"),
    Sight("/children", "My children"),
    Sight("/find", "Find a child", (fill("Name", "Xyzzy"), press("Find"))),
    Sight("/intake", "Intake", h1="Children were brought to safety"),
    Sight("/intake/paper", "Paper packs", h1="Paper for a night without power"),
    Sight("/places", "Places"),
    Sight("/newcomers", "New colleagues"),
    Sight("/children/{maya}", "Nothing here that you may see", status=404),
    Sight("/account", "My account"),
    Sight("/account/words", "New words"),
    Sight("/account/words", "Error: New words", (press("Show me new words"),)),
    Sight("/account/words", "Write these down", (words(UNLOCK, "Show me new words"),)),
    Sight(
        "/account/words",
        "Error: Write these down",
        (words(UNLOCK, "Show me new words"), press("These are my words now")),
        reaches="keep_words",
    ),
    Sight("/account/phone", "Use another phone"),
    Sight("/account/phone", "Error: Use another phone", (press("Show me the square"),)),
    Sight("/account/phone", "Let the new phone read this", (words(UNLOCK, "Show me the square"),)),
    Sight(
        "/account/phone",
        "Error: Let the new phone read this",
        (words(UNLOCK, "Show me the square"), press("This is my phone now")),
        reaches="keep_phone",
    ),
    Sight("/account/spare-codes", "New spare codes"),
    Sight("/account/spare-codes", "Error: New spare codes", (press("Show me new spare codes"),)),
    Sight("/account/spare-codes", "Your spare codes", (words(UNLOCK, "Show me new spare codes"),)),
    Sight("/sign-out", "Change person"),
    Sight(
        "/account",
        "Still locked",
        (press("Lock my cases"),),
        h1="You are in, and your cases are still locked",
        status=423,
        reaches="unlock",
    ),
    Sight("/home", "Still locked", h1="You are in, and your cases are still locked", status=423),
    Sight("/unlock", "Still locked", h1="You are in, and your cases are still locked", status=423),
    Sight(
        "/home",
        "Error: Still locked",
        (press("Unlock"),),
        h1="You are in, and your cases are still locked",
        status=423,
        reaches="unlock",
    ),
    Sight("/account", "My account"),
]
