"""Owns every request that leaves the machine: one client per account, and the only `import httpx`.

What is raised and what is repeated is one table, the same for every provider:

    seen                                          raised               repeated
    no connection, or too late to get one         ProviderUnavailable  yes, with jitter
    429; 409 with Retry-After and an empty body   RateLimited          yes, as Retry-After says (≤ 60 s)
    5xx or a cut line, on a read                  ProviderUnavailable  yes, with jitter
    no answer in time, on a read                  ProviderUnavailable  no: it waited long enough
    5xx, a cut line, no answer in time,
      a success that cannot be read, on a write   OutcomeUnknown       only with a key the API honours
    1xx or 3xx as the answer to a write           OutcomeUnknown       no: a write is never redirected
    a redirect to another place, on a read        ProviderUnavailable  no
    401, 403                                      AuthRejected         no (one token refresh, if any)
    a status with a meaning                       what the adapter's `translate` says
    a web page, half a body, a body too large     BadAnswer            no

Its rooms, each knowing only those before it:

    terms       what an adapter states: who asks, how patiently, how much, what an answer means
    places      which addresses may be asked
    message     one request, ready to be sent
    verdicts    the table: what is seen → what is raised, and the words for it
    retries     whether and when the same is asked again
    deadline    an end for a whole exchange
    unpacking   packed bodies, never beyond a limit
    connection  httpx: lines that stay open, answers of a bounded size
    client      HttpClient, which puts these together

Nothing here knows a provider. A secret is revealed in one place (`Auth.value`) and shown in none:
whatever is raised or written to `debug` has gone through `redaction.redact`.
"""

from cowork_cli.http_client.client import HttpClient
from cowork_cli.http_client.retries import MAX_RETRY_AFTER_S
from cowork_cli.http_client.terms import (
    Answer,
    Auth,
    Limits,
    Masked,
    Params,
    RetryPolicy,
    Translate,
)

__all__ = [
    "MAX_RETRY_AFTER_S",
    "Answer",
    "Auth",
    "HttpClient",
    "Limits",
    "Masked",
    "Params",
    "RetryPolicy",
    "Translate",
]
