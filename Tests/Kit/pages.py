"""Every page of the product: where it is, and as whom one looks at it. One list for the browser tests, the measuring script
and the pictures in the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from server import Server


@dataclass(frozen=True)
class Place:
    """A page. Its path may name a record as `{order}`: the first one that the person sees."""

    name: str
    path: str
    login: str = "owner"


PLACES = (
    Place("my-day", "/", "sales"),
    Place("search", "/search?q=Ltd"),
    Place("notices", "/notices", "manager"),
    Place("list-customers", "/o/company"),
    Place("list-inquiries", "/o/inquiry", "sales"),
    Place("list-orders", "/o/order"),
    Place("list-grouped", "/o/order?group=stage"),
    Place("board-inquiries", "/o/inquiry?as=board", "sales"),
    Place("calendar-tasks", "/o/task?as=calendar"),
    Place("timeline-orders", "/o/order?as=timeline"),
    Place("gallery-products", "/o/product?as=gallery"),
    Place("bin", "/o/company/bin"),
    Place("duplicates", "/o/company/duplicates"),
    Place("merge", "/o/company/{company}/merge", "manager"),
    Place("customer", "/o/company/{company}", "sales"),
    Place("customer-edit", "/o/company/{company}/edit", "sales"),
    Place("customer-new", "/o/company/new"),
    Place("customer-why", "/o/company/{company}/why"),
    Place("contact", "/o/contact/{contact}"),
    Place("inquiry", "/o/inquiry/{inquiry}"),
    Place("quotation", "/o/quotation/{quotation}"),
    Place("quotation-new", "/o/quotation/new", "sales"),
    Place("quotation-document", "/o/quotation/{quotation}/document"),
    Place("order", "/o/order/{order}"),
    Place("customer-mails", "/o/company/{company}?kinds=mail,note", "sales"),
    Place("quotation-edit", "/o/quotation/{quotation}/edit", "sales"),
    Place("mail-templates", "/o/mail_template", "sales"),
    Place("mail-template-new", "/o/mail_template/new", "sales"),
    Place("change-request-new", "/o/change_request/new"),
    Place("quick-create", "/quick/company", "sales"),
    Place("import", "/import/company"),
    Place("export", "/o/company/export"),
    Place("relay-lanes", "/relay/order"),
    Place("relay-board", "/relay/order?view=board"),
    Place("relay-time", "/relay/order?view=time"),
    Place("relay-list", "/relay/order?view=list"),
    Place("relay-chase", "/relay/order?view=chase", "manager"),
    Place("relay-panel", "/relay/order?open={order}"),
    Place("relay-way", "/relay/order/{order}"),
    Place("approvals", "/approvals", "manager"),
    Place("exceptions", "/exceptions"),
    Place("meeting-finder", "/meetings/find", "sales"),
    Place("absence", "/absence", "sales"),
    Place("build", "/build"),
    Place("settings", "/settings"),
    Place("settings-notices", "/settings/notices", "sales"),
    Place("settings-calendars", "/settings/calendars"),
    Place("settings-rules", "/settings/rules"),
    Place("settings-limits", "/settings/limits"),
    Place("settings-processes", "/settings/processes"),
    Place("settings-levels", "/settings/levels"),
    Place("settings-level-file", "/settings/levels/quotation.price"),
    Place("settings-workflows", "/settings/workflows"),
    Place("settings-deliveries", "/settings/deliveries"),
    Place("hand-over", "/settings/hand-over"),
    Place("hand-over-plan", "/settings/hand-over?person={user}"),
    Place("settings-people", "/settings/people"),
    Place("settings-person-new", "/settings/people/new"),
    Place("settings-security", "/settings/security", "sales"),
    Place("settings-tokens", "/settings/tokens"),
    Place("settings-access", "/settings/access?object=quotation"),
    Place("settings-roles", "/settings/roles"),
    Place("settings-role", "/settings/roles/sales?object=company"),
    Place("settings-audit", "/settings/audit"),
    Place("settings-setup", "/settings/setup"),
    Place("settings-setup-company", "/settings/setup/company"),
    Place("settings-setup-currencies", "/settings/setup/currencies"),
    Place("settings-setup-structure", "/settings/setup/structure"),
    Place("settings-setup-people", "/settings/setup/people"),
    Place("settings-mail", "/settings/mail"),
    Place("settings-number-pattern", "/settings/numbers?series=quotation.no"),
    Place("settings-backup", "/settings/backup"),
    Place("settings-numbers", "/settings/numbers"),
    Place("share", "/share", "sales"),
    Place("offline", "/offline", "sales"),
    Place("help", "/help"),
    Place("help-chapter", "/help/relay"),
    Place("help-keys", "/help/keys"),
    Place("help-words", "/help/words/company"),
    Place("tour", "/help/tour?at=record", "sales"),
)


class Guide:
    """Finds the records that the paths name."""

    def __init__(self, server: Server):
        self._server = server
        self._tokens: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}

    def address(self, place: Place) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: self.record(found[1], place.login), place.path)

    def record(self, object_: str, login: str) -> str:
        key = (object_, login)
        if key not in self._known:
            if login not in self._tokens:
                self._tokens[login] = self._server.token(login)
            conditions = {"order": "stage = \"production\"", "company": "HAS(roles, \"customer\") AND order_count > 0"}
            filter_ = f"&filter={quote(conditions[object_])}" if object_ in conditions else ""
            answer = self._server.call("GET", f"/api/v1/{object_}?limit=1{filter_}", token=self._tokens[login])
            assert answer.status == 200 and answer.json["data"], f"{object_} as {login}: {answer.status} {answer.text[:200]}"
            self._known[key] = answer.json["data"][0]["id"]
        return self._known[key]
