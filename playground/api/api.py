"""The addresses below /api/v1/."""

from playground.api.base import Api
from playground.api.docs import DocsPage
from playground.api.miniatures import router
from playground.api.problems import NAMESPACE

DESCRIPTION = (
    "Every working model of this site as data: what may be set, what may be done, what it is checked "
    "against, and any run of it, step by step. A run is asked for with the query of its page, and the same "
    "query always gives the same answer. No key, no account, no cookie; any page may read it. Answers may be "
    "kept for five minutes and carry an ETag; asking again with it costs no run."
)

api = Api(title="Orrery", version="1", description=DESCRIPTION, docs=DocsPage(), urls_namespace=NAMESPACE)
api.add_router("/miniatures", router)
