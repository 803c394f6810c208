"""An account says something that the event’s own fields do not.

“accounts” hold where single sources differ. One that repeats the event’s date, kind, status or place makes sources look
at odds that agree.

How to fix it: delete the account, or correct the field that should differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Account, AccountField, Corpus, Event

CODE = "R409"
NAME = "account that does not differ"
SEVERITY = Severity.WARNING
WAIVABLE = True


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each account that says what the event says."""
    for event in corpus.events.values():
        for account in event.accounts:
            if _agrees(account, event, corpus):
                yield Finding(
                    message=f"An account says something else than the event; the {account.field.value} "
                    f"is {quoted(account.value)} in both.",
                    remedy="Delete the account, or correct what should differ.",
                    position=Position(event.position.path, account.value.line, account.value.column),
                    length=len(account.value),
                )


def _agrees(account: Account, event: Event, corpus: Corpus) -> bool:
    match account.field:
        case AccountField.DATE:
            return account.date == event.date.value
        case AccountField.TYPE:
            return account.value == event.type
        case AccountField.STATUS:
            return account.value == event.status.value
        case AccountField.PLACES:
            places = [corpus.places[name] for name in event.places if name in corpus.places]
            return account.value.casefold() in {place.name.casefold() for place in places} and len(places) == 1
        case _:
            return False
