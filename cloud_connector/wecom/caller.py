"""One call to WeCom: token in the query, errcode out of the body, the token renewed once, "busy" tried again."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx

from cloud_connector.wecom.errors import SYSTEM_BUSY, Policy, WeComRefused, WeComUnreachable
from cloud_connector.wecom.tokens import TokenShelf, TokenStore

_BUSY_PAUSES_S = (0.2, 0.6)
TIMEOUT = httpx.Timeout(5.0, connect=3.0)
Answer = dict[str, Any]


def _nobody(_api: str, _code: int) -> None:
    """Observe nothing."""


class WeComCaller:
    """Speaks to one app of one company. Thread-safe."""

    def __init__(
        self,
        *,
        base_url: str,
        corp_id: str,
        secret: str,
        shelf: TokenShelf,
        now: Callable[[], datetime],
        observe: Callable[[str, int], None] = _nobody,
    ) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=TIMEOUT, follow_redirects=False)
        self._corp_id = corp_id
        self._secret = secret
        self._observe = observe
        self.tokens = TokenStore(shelf, self._fetch_token, now)

    def close(self) -> None:
        self._http.close()

    def post(self, api: str, payload: Mapping[str, Any], params: Mapping[str, str] | None = None) -> Answer:
        """Call `api` with a JSON body.

        Raises:
            WeComRefused, WeComUnreachable, AppStopped.

        """
        return self._with_token(api, lambda query: self._http.post(api, params=query, json=payload), params)

    def get(self, api: str, params: Mapping[str, str] | None = None) -> Answer:
        """Call `api` without a body."""
        return self._with_token(api, lambda query: self._http.get(api, params=query), params)

    def upload(self, api: str, name: str, content: bytes, params: Mapping[str, str]) -> Answer:
        """Call `api` with one file in the multipart field `media`."""
        files = {"media": (name, content, "application/octet-stream")}
        return self._with_token(api, lambda query: self._http.post(api, params=query, files=files), params)

    def _with_token(
        self, api: str, send: Callable[[dict[str, str]], httpx.Response], params: Mapping[str, str] | None
    ) -> Answer:
        token = self.tokens.token()
        query = {**(params or {}), "access_token": token}
        try:
            return self._patiently(api, lambda: send(query))
        except WeComRefused as refused:
            self._stop_if_hopeless(refused)
            if refused.policy is not Policy.RENEW:
                raise
        query["access_token"] = self.tokens.renew(token)
        return self._patiently(api, lambda: send(query))

    def _stop_if_hopeless(self, refused: WeComRefused) -> None:
        if refused.policy is Policy.STOP:
            self.tokens.stop(refused.code)

    def _patiently(self, api: str, send: Callable[[], httpx.Response]) -> Answer:
        for pause_s in _BUSY_PAUSES_S:
            try:
                return self._once(api, send)
            except WeComRefused as refused:
                if refused.code != SYSTEM_BUSY:
                    raise
                threading.Event().wait(pause_s)
        return self._once(api, send)

    def _once(self, api: str, send: Callable[[], httpx.Response]) -> Answer:
        try:
            response = send()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as away:
            raise WeComUnreachable(api, type(away).__name__, maybe_done=False) from None
        except httpx.HTTPError as broken:
            raise WeComUnreachable(api, type(broken).__name__, maybe_done=True) from None
        answer = _json_of(api, response)
        code = answer.get("errcode", 0)
        if not isinstance(code, int):
            raise WeComUnreachable(api, "errcode is not a number", maybe_done=True)
        self._observe(api, code)
        if code:
            raise WeComRefused(api, code, str(answer.get("errmsg", "")))
        return answer

    def _fetch_token(self) -> tuple[str, int]:
        query = {"corpid": self._corp_id, "corpsecret": self._secret}
        answer = self._patiently("gettoken", lambda: self._http.get("gettoken", params=query))
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(lifetime, int):
            raise WeComUnreachable("gettoken", "no token in the answer", maybe_done=False)
        return token, lifetime


def _json_of(api: str, response: httpx.Response) -> Answer:
    if response.status_code != httpx.codes.OK:
        raise WeComUnreachable(api, f"HTTP {response.status_code}", maybe_done=response.status_code >= 500)
    try:
        answer = response.json()
    except ValueError:
        raise WeComUnreachable(api, "not JSON", maybe_done=True) from None
    if not isinstance(answer, dict):
        raise WeComUnreachable(api, "not an object", maybe_done=True)
    return answer
