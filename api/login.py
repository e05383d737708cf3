"""The pages where a browser gives the key and takes it back: plain forms that work without script."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.access import KEY_NEEDED, LOGIN, LOGOUT, Access, session_cookie, way_back
from api.callers import client_of
from api.docs import page
from api.problems import Problem, RequestRefused
from api.security import FORM, NOT_A_FORM, media_type

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303


def get_access(request: Request) -> Access:
    """The rules of this application."""
    found: Access = request.app.state.access
    return found


def as_form(request: Request) -> None:
    """Refuse what is no form.

    Raises: RequestRefused.
    """
    if media_type(request.scope["headers"]) != FORM:
        raise RequestRefused(NOT_A_FORM)


AccessDep = Annotated[Access, Depends(get_access)]


@router.get(LOGIN)
async def login_page(request: Request, access: AccessDep) -> Response:
    """The form for the key; for who has given it, the way out."""
    return _page(request, access)


@router.post(LOGIN, dependencies=[Depends(as_form)])
async def login(request: Request, access: AccessDep) -> Response:
    """Begin a session with the right key, and go back to where the browser came from."""
    if not access.has_key:
        return RedirectResponse(_way_back(request), SEE_OTHER)
    try:
        token = access.sign_in(_key_in(await request.body()), client_of(request.scope))
    except RequestRefused as refused:
        return _page(request, access, refused.problem)
    access.sign_out(request.scope["headers"])
    return _leading_to(_way_back(request), request, token)


@router.post(LOGOUT, dependencies=[Depends(as_form)])
async def logout(request: Request, access: AccessDep) -> Response:
    """End the session of this browser."""
    access.sign_out(request.scope["headers"])
    return _leading_to(LOGIN, request, "")


def _leading_to(address: str, request: Request, token: str) -> Response:
    """A redirection that sets the session, or forgets it; behind a proxy with TLS only for TLS."""
    secure = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https:")
    answer = RedirectResponse(address, SEE_OTHER)
    answer.headers["Set-Cookie"] = session_cookie(token, secure=secure)
    return answer


def _key_in(form: bytes) -> str:
    """The key of a form, empty where there is not exactly one."""
    try:
        keys = parse_qs(form.decode("latin-1"), max_num_fields=10).get("key", [])
    except ValueError:  # more fields than any form of ours has
        keys = []
    return keys[0].strip() if len(keys) == 1 else ""


def _way_back(request: Request) -> str:
    return way_back(request.query_params.get("next", "/"))


def _page(request: Request, access: Access, problem: Problem | None = None) -> Response:
    """The page in its three states: ask for the key, say that it was given, say that there is none."""
    answer = page(
        "login.html",
        needed=access.has_key,
        signed_in=access.signed_in(request.scope["headers"]),
        wrong=problem is KEY_NEEDED,
        problem=problem,
        way_back=_way_back(request),
    )
    if problem is not None:
        answer.status_code = problem.status
        answer.headers.update(problem.headers)
    # A form of a page without any referrer would arrive from the origin "null", which is refused.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer
