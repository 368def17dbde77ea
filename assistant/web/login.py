"""The pages to log in and out: plain HTML, in both languages, with nothing else to fetch."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assistant.types import Language
from assistant.web.auth import SESSION_SECONDS, Logins, TooManyFailuresError
from assistant.web.escape import plain
from assistant.web.gate import COOKIE, LANGUAGE_COOKIE, address_of
from assistant.web.words import LOG_OUT, Words

TITLE = Words("登入 Attaché", "Log in to Attaché")
NAME = Words("帳號", "Name")
PASSWORD = Words("密碼", "Password")
LOG_IN = Words("登入", "Log in")
WRONG = Words("帳號或密碼不正確。", "Name and password do not fit.")
TOO_MANY = Words(
    "密碼錯誤次數過多，請於 {seconds} 秒後再試。",
    "Too many wrong passwords; try again in {seconds} seconds.",
)
BACK = Words("返回", "Back")
LOGGED_IN_AS = Words("目前登入：{user}", "Logged in as {user}")

_STYLE = """
:root{color-scheme:light dark;--paper:#f7f6f3;--surface:#fff;--ink:#1f2529;--line:#dedad2;--edge:#8b8d8f;
--accent:#0f5f63;--on-accent:#fff;--warn:#8a3b12;--warn-soft:#fbeee4}
@media(prefers-color-scheme:dark){:root{--paper:#15191c;--surface:#1d2327;--ink:#e9e7e2;--line:#364047;
--edge:#7d8890;--accent:#7fd0cb;--on-accent:#0c2526;--warn:#f0b083;--warn-soft:#3a2a20}}
body{font:1rem/1.6 system-ui,"Noto Sans TC","Noto Sans CJK TC","PingFang TC",sans-serif;margin:0;display:grid;
min-height:100vh;place-items:center;background:var(--paper);color:var(--ink)}
form{box-sizing:border-box;width:min(24rem,92vw);display:grid;gap:.4rem;padding:2rem;background:var(--surface);
border:1px solid var(--line);border-radius:12px}
h1{font-size:1.35rem;margin:0 0 .8rem;color:var(--accent)}
p{margin:0}
label{font-weight:600;font-size:.92rem;margin-top:.5rem}
input,button{font:inherit;padding:.55rem .7rem;border-radius:8px;border:1px solid var(--edge);
background:var(--surface);color:var(--ink)}
button{background:var(--accent);color:var(--on-accent);border:0;margin-top:1.1rem;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
[role=alert]{padding:.5rem .8rem;border-radius:8px;background:var(--warn-soft);color:var(--warn)}
a{color:var(--accent)}
.back{margin-top:.6rem;text-align:center}
"""


def login_routes(logins: Logins) -> list[Route]:
    """Give the routes ``/login`` and ``/logout``."""

    async def show(request: Request) -> Response:
        return HTMLResponse(_form(language_of(request), _next(request.query_params.get("next"))))

    async def log_in(request: Request) -> Response:
        language = language_of(request)
        # A form of ours is sent by its own page: the gate has refused other origins, and a browser
        # that says nothing of the origin says here where the request comes from.
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        async with request.form(max_files=0, max_fields=8) as form:
            name, password, wanted = (
                str(form.get(field, "")) for field in ("name", "password", "next")
            )
        after = _next(wanted)
        try:
            token = await run_in_threadpool(
                logins.log_in, name, password, address_of(request.scope)
            )
        except TooManyFailuresError as error:
            told = TOO_MANY.of(language, seconds=error.seconds)
            return HTMLResponse(
                _form(language, after, told),
                HTTPStatus.TOO_MANY_REQUESTS,
                {"retry-after": str(error.seconds)},
            )
        if token is None:
            return HTMLResponse(_form(language, after, WRONG.of(language)), HTTPStatus.UNAUTHORIZED)
        response = HTMLResponse(_welcome(language, name, after))
        response.set_cookie(
            COOKIE,
            token,
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return response

    async def ask_log_out(request: Request) -> Response:
        return HTMLResponse(_farewell(language_of(request), request.state.user))

    async def log_out(request: Request) -> Response:
        logins.log_out(request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
        response.delete_cookie(COOKIE)
        return response

    return [
        Route("/login", show, methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", ask_log_out, methods=["GET"]),
        Route("/logout", log_out, methods=["POST"]),
    ]


def language_of(request: Request) -> Language:
    """Choose the page's language: the one last looked at, or else what the browser prefers."""
    kept = request.cookies.get(LANGUAGE_COOKIE)
    if kept in tuple(Language):
        return Language(kept)
    for wanted in request.headers.get("accept-language", "").lower().split(","):
        if wanted.strip().startswith(("zh", "en")):
            return Language(wanted.strip()[:2])
    return Language.EN if request.headers.get("accept-language") else Language.ZH


def _next(wanted: str | None) -> str:
    """Where to go after the login: a place of ours, whatever the address asked for."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\", "/log")):
        return "/"
    parts = urlsplit(wanted)
    local = not parts.scheme and not parts.netloc and wanted.isprintable() and "\\" not in wanted
    return wanted if local else "/"


def _form(language: Language, after: str, wrong: str | None = None) -> str:
    alert = f"<p role='alert'>{plain(wrong)}</p>" if wrong else ""
    return _page(
        language,
        TITLE.of(language),
        f"<form method='post' action='/login'><h1>{plain(TITLE.of(language))}</h1>{alert}"
        f"<input type='hidden' name='next' value='{plain(after)}'>"
        f"<label for='name'>{plain(NAME.of(language))}</label>"
        "<input id='name' name='name' autocomplete='username' required autofocus maxlength='200'>"
        f"<label for='password'>{plain(PASSWORD.of(language))}</label>"
        "<input id='password' name='password' type='password' autocomplete='current-password' "
        f"required maxlength='1000'><button>{plain(LOG_IN.of(language))}</button></form>",
    )


def _welcome(language: Language, user: str, after: str) -> str:
    """Go on to the page; what this browser keeps of another user's conversations is forgotten."""
    script = (
        "const me=document.body.dataset.user;"
        "if(localStorage.getItem('attache_user')!==me){localStorage.clear();"
        "localStorage.setItem('attache_user',me)}"
        "location.replace(document.querySelector('a').href)"
    )
    return _page(
        language,
        TITLE.of(language),
        f"<p><a href='{plain(after)}'>{plain(LOGGED_IN_AS.of(language, user=user))}</a></p>"
        f"<script>{script}</script>",
        user,
    )


def _farewell(language: Language, user: str) -> str:
    return _page(
        language,
        LOG_OUT.of(language),
        f"<form method='post' action='/logout'><h1>Attaché</h1>"
        f"<p>{plain(LOGGED_IN_AS.of(language, user=user))}</p>"
        f"<button>{plain(LOG_OUT.of(language))}</button>"
        f"<p class='back'><a href='/'>{plain(BACK.of(language))}</a></p></form>",
    )


def _page(language: Language, title: str, body: str, user: str = "") -> str:
    lang = "zh-Hant-TW" if language is Language.ZH else "en"
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{plain(title)}</title><style>{_STYLE}</style></head>"
        f"<body data-user='{plain(user)}'><main>{body}</main></body></html>"
    )
