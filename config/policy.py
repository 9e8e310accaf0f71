"""The headers that every response carries."""

from collections.abc import Callable, MutableMapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

# Named directive by directive, because default-src does not reach the last three.
_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES.items())
# Nothing here asks for a device, so nothing that gets onto a page may.
_FEATURES = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in _FEATURES)


def of_static(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Static files may stand in other people's pages: a widget in a sandbox is one."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"


WITHOUT_BODY = (204, 304)


def headers() -> dict[str, str]:
    """All of them, for an answer that does not pass through Django: those of the server itself."""
    lasting = settings.SECURE_HSTS_SECONDS
    return {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Permissions-Policy": PERMISSIONS_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Cross-Origin-Resource-Policy": "same-origin",
        **({"Strict-Transport-Security": f"max-age={lasting}"} if lasting else {}),
    }


class PolicyMiddleware:
    """Sets what Django's SecurityMiddleware leaves out; a view that set its own policy keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # What any page may read (CORS) it may show too, also one that asks for leave (COEP); the rest is ours.
        anybody = response.headers.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if anybody else "same-origin")
        # What says nothing about it is kept by nobody; a browser may remember where an address has moved for ever.
        if response.status_code != 301:
            response.headers.setdefault("Cache-Control", "no-store")
        # Redirects and refusals of other middleware have none, and a connection ends after an answer without it.
        if isinstance(response, HttpResponse) and response.status_code not in WITHOUT_BODY:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response
