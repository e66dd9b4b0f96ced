"""How WeCom refuses: a number, a text and the hint that its support asks for."""

import secrets
import time
from typing import ClassVar


class WecomRefusal(Exception):
    """WeCom answers with an error code instead of doing the work (HTTP status stays 200)."""

    texts: ClassVar[dict[int, str]] = {
        -1: "system busy",
        40001: "invalid credential",
        40003: "invalid userid",
        40004: "invalid media type",
        40005: "invalid type",
        40006: "invalid media size",
        40007: "invalid media_id",
        40008: "invalid msgtype",
        40013: "invalid corpid",
        40014: "invalid access_token",
        40032: "invalid userid list size",
        40058: "invalid request parameter",
        40068: "invalid tagid",
        40096: "invalid external userid",
        40123: "invalid image",
        40128: "customer transferred too often: 2 times in 90 days",
        40129: "customer is being transferred",
        40130: "handover_userid and takeover_userid are the same",
        40131: "handover_userid does not follow this customer",
        41001: "access_token missing",
        41002: "corpid missing",
        41004: "secret missing",
        41050: "invalid welcome code",
        41051: "external user has started chatting",
        41096: "welcome message is being distributed",
        42001: "access_token expired",
        42014: "invalid task_id",
        42018: "invalid button key",
        42019: "button key missing",
        42020: "button name missing",
        42022: "code was used already",
        42045: "Template_Card.Card_Action missing or invalid",
        43012: "app needs a callback url",
        44001: "empty media data",
        45009: "api freq out of limit",
        45033: "api concurrent out of limit",
        48002: "api forbidden",
        41065: "invalid attachment type",
        60011: "no privilege to access/modify contact/party/agent",
        60020: "not allow to access from your ip",
        81013: "user & party & tag all invalid",
        84061: "not external contact relationship",
        84074: "no external contact permission",
        301002: "access denied to this agent",
        301051: "message too old to recall",
    }

    def __init__(self, errcode: int, detail: str = "") -> None:
        self.errcode = errcode
        self.detail = detail
        super().__init__(f"{errcode} {self.texts.get(errcode, 'error')} {detail}".strip())

    def envelope(self) -> dict[str, object]:
        """The JSON that WeCom answers with; clients must not branch on `errmsg`."""
        hint = f"{int(time.time())}{secrets.token_hex(12)}"
        text = " ".join(part for part in (self.texts.get(self.errcode, "error"), self.detail) if part)
        more = f"more info at https://open.work.weixin.qq.com/devtool/query?e={self.errcode}"
        return {"errcode": self.errcode, "errmsg": f"{text}, hint: [{hint}], from ip: 127.0.0.1, {more}"}
