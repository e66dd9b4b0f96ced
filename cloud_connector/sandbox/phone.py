"""The consultant's phone as a page: the chat with the app, its cards with buttons that work."""

from datetime import datetime
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from cloud_connector.sandbox import cards
from cloud_connector.sandbox.cards import Json
from cloud_connector.sandbox.company import Member
from cloud_connector.sandbox.state import Entry, SandboxState

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
LOGO = (
    '<div class="logo"><svg width="26" height="26" fill="none" stroke="currentColor" stroke-width="2.4">'
    '<path d="M20 6a10 10 0 1 0 3 8h-8"/></svg></div>'
)


def drawing(width: int, height: int, paths: str, stroke: str = "1.75") -> str:
    look = f'fill="none" stroke="currentColor" stroke-width="{stroke}"'
    return f'<svg width="{width}" height="{height}" {look}>{paths}</svg>'


BARS = '<path d="M0 10h3v3H0zM5 7.500h3V13H5zM10 5h3v8h-3zM15 2h3v11h-3z" fill="currentColor" stroke="none"/>'
CELL = '<path d="M26.500 2.500h20a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-20a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2z"/>'
FULL = '<path d="M27 4.500h16v5h-16zM50 5.500h1.500v3H50z" fill="currentColor" stroke="none"/>'
STATUS = drawing(54, 14, BARS + CELL + FULL, "1.2")
BACK = drawing(24, 24, '<path d="M20 12H4m7-7-7 7 7 7"/>')
PERSON = drawing(24, 24, '<circle cx="12" cy="8" r="4"/><path d="M5 21v-2a4 4 0 0 1 4-4h6a4 4 0 0 1 4 4v2"/>')


def clock_text(at: float) -> str:
    return f"{datetime.fromtimestamp(at, ZONE):%-H:%M}"


def document(title: str, body: str, *, script: bool = False) -> str:
    """A whole page in the phone's frame."""
    style = (HERE / "phone.css").read_text(encoding="utf-8")
    code = f"<script>{(HERE / 'phone.js').read_text(encoding='utf-8')}</script>" if script else ""
    view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<meta charset="utf-8">{view}<title>{escape(title)}</title><style>{style}</style>'
    page = f'<body><div class="phone">{body}</div>{code}</body>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head>{page}</html>'


def bar(state: SandboxState, title: str) -> str:
    now = clock_text(state.clock.now())
    return (
        f'<div class="bar"><div class="status"><span>{now}</span>{STATUS}</div>'
        f'<div class="title"><a href="/" aria-label="返回">{BACK}</a><span>{escape(title)}</span>'
        f'<a href="/" aria-label="成员">{PERSON}</a></div></div>'
    )


def phone_page(state: SandboxState, member: Member) -> str:
    """The chat page of one member."""
    userid = escape(member.userid)
    main = f'<main data-feed="/sandbox/phone/{userid}/feed" data-version="{state.version}">{feed(state, member)}</main>'
    return document(f"{state.company.app_name} · {member.name}", bar(state, state.company.app_name) + main, script=True)


def feed(state: SandboxState, member: Member) -> str:
    """The messages on one phone, oldest first; a time stands above a message five minutes after the last."""
    parts, last = [], 0.0
    for entry in state.phone(member.userid):
        if entry.message.sent_at - last > 300:
            parts.append(f'<div class="when">{clock_text(entry.message.sent_at)}</div>')
        last = entry.message.sent_at
        parts.append(message_html(state, entry))
    if not parts:
        parts.append(f'<p class="empty">{escape(member.name)}，暂无消息</p>')
    parts.append('<p class="sandbox">企业微信沙箱</p>')
    return "".join(parts)


def message_html(state: SandboxState, entry: Entry) -> str:
    message = entry.message
    if message.recalled:
        return '<div class="recalled">应用撤回了一条消息</div>'
    if entry.card is not None:
        content = card_html(entry, entry.card)
    elif message.kind in ("file", "image"):
        media = state.media.get(str(message.content["media_id"]))
        name, size = (media.name, len(media.data)) if media else ("文件已过期", 0)
        content = (
            f'<div class="file"><span>{escape(name)}<small>{size / 1024:.1f} KB</small></span><span>文件</span></div>'
        )
    else:
        content = f'<div class="bubble">{escape(str(message.content["content"]))}</div>'
    return f'<div class="row">{LOGO}{content}</div>'


def card_html(entry: Entry, card: Json) -> str:
    """One card: head, facts, drop-downs, buttons; an answered one is grey and says by whom."""
    title, source = cards.part(card, "main_title"), cards.part(card, "source")
    colour = f" c{source.get('desc_color', 0)}"
    body = f'<div class="head"><div class="source{colour}">{escape(str(source.get("desc", "")))}</div>'
    body += f"<h2>{escape(str(title.get('title', '')))}</h2>"
    for extra in (title.get("desc"), card.get("sub_title_text")):
        body += f'<div class="desc">{escape(str(extra))}</div>' if extra else ""
    body += "</div>" + facts_html(card) + links_html(card)
    if entry.replaced is not None:
        return f'<div class="card done">{body}<div class="answered">{escape(entry.replaced)}</div></div>'
    action = f"/sandbox/phone/{escape(entry.userid)}/press"
    hidden = f'<input type="hidden" name="task_id" value="{escape(str(card.get("task_id", "")))}">'
    form = f'<form method="post" action="{action}">{hidden}{questions_html(card)}{buttons_html(card)}</form>'
    return f'<div class="card" data-task="{escape(str(card.get("task_id", "")))}">{body}{form}</div>'


def facts_html(card: Json) -> str:
    rows = cards.rows(card, "horizontal_content_list", most=6)
    facts = ""
    for row in rows:
        value = escape(str(row.get("value", "")))
        if row.get("type") == 1:
            value = f'<a href="{safe_url(row.get("url"))}">{value}</a>'
        facts += f"<dt>{escape(str(row['keyname']))}</dt><dd>{value}</dd>"
    for row in cards.rows(card, "vertical_content_list", most=4):
        facts += f"<dt>{escape(str(row['title']))}</dt><dd>{escape(str(row.get('desc', '')))}</dd>"
    return f"<dl>{facts}</dl>" if facts else ""


def safe_url(url: object) -> str:
    text = str(url or "")
    return escape(text) if text.startswith(("http://", "https://")) else "#"


def links_html(card: Json) -> str:
    links = [(row.get("title"), row.get("url")) for row in cards.rows(card, "jump_list", most=3)]
    action = cards.part(card, "card_action")
    if action.get("url"):
        links.append(("查看详情", action["url"]))
    return "".join(f'<a class="linkbutton" href="{safe_url(url)}">{escape(str(text))}</a>' for text, url in links)


def questions_html(card: Json) -> str:
    """Drop-downs, and the vote as check boxes or radio buttons."""
    parts = []
    singles = [cards.part(card, "button_selection")] if card.get("button_selection") else []
    for question in [*singles, *cards.rows(card, "select_list", most=3)]:
        options = ""
        for row in cards.rows(question, "option_list", most=10):
            mark = " selected" if row["id"] == question.get("selected_id") else ""
            options += f'<option value="{escape(str(row["id"]))}"{mark}>{escape(str(row["text"]))}</option>'
        name = escape(f"q:{question['question_key']}")
        caption = escape(str(question.get("title", "")))
        parts.append(f'<div class="choose"><label>{caption}<select name="{name}">{options}</select></label></div>')
    if card.get("checkbox"):
        box = cards.part(card, "checkbox")
        kind = "checkbox" if box.get("mode") == 1 else "radio"
        name = escape(f"q:{box['question_key']}")
        options = "".join(
            f'<label class="vote"><input type="{kind}" name="{name}" value="{escape(str(row["id"]))}"> '
            f"{escape(str(row['text']))}</label>"
            for row in cards.rows(box, "option_list", most=20)
        )
        parts.append(f'<div class="choose">{options}</div>')
    return "".join(parts)


def buttons_html(card: Json) -> str:
    buttons = list(cards.rows(card, "button_list", most=6))
    menu = cards.rows(cards.part(card, "action_menu"), "action_list", most=3)
    submit = cards.part(card, "submit_button")
    html = ""
    for row in [*buttons, *([{**submit, "style": 1}] if submit else []), *menu]:
        caption = escape(str(row["text"]))
        if row.get("type") == 1:
            html += f'<a class="linkbutton" href="{safe_url(row.get("url"))}">{caption}</a>'
        else:
            style, key = row.get("style", 2 if row in menu else 1), escape(str(row["key"]))
            html += f'<button class="s{style}" name="key" value="{key}">{caption}</button>'
    return html


def index_page(state: SandboxState) -> str:
    """Whose phone to look at."""
    links = "".join(
        f'<a href="/sandbox/phone/{escape(one.userid)}">{escape(one.name)} <small>{escape(one.title)} · '
        f"{len(state.phone(one.userid))} 条消息</small></a>"
        for one in state.company.members
    )
    note = f'<p class="sandbox">企业微信沙箱 · {escape(state.company.corp_id)} · <a href="/sandbox/state">state</a></p>'
    return document("企业微信沙箱", bar(state, "成员") + f'<main class="list">{links}{note}</main>')


def scan_page(state: SandboxState, config_id: str) -> str:
    """What a customer sees after scanning a contact code."""
    way = state.customers.ways[config_id]
    users = way.fields["user"]
    assert isinstance(users, list)
    member = state.company.member(str(users[0]))
    assert member is not None
    head = f'<div class="source">{escape(state.company.app_name)}</div><h2>{escape(member.name)}</h2>'
    head += f'<div class="desc">{escape(member.title)}</div>'
    name = '<label>我的名字 <input name="customer" value="微信用户"></label>'
    form = f'<form method="post" action="/sandbox/add/{escape(config_id)}"><div class="head">{head}</div>'
    form += f'<div class="choose">{name}</div><button class="s1">添加到通讯录</button></form>'
    return document("添加企业微信联系人", bar(state, "添加联系人") + f'<main><div class="card">{form}</div></main>')
