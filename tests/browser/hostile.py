"""Text that means harm: what units may type, and a workspace that has it in every place where they can."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path
from typing import Any

from hoso import yamlio

RUN = "alert(1)"
_CODED = "".join(f"&#{ord(letter)};" for letter in f"javascript:{RUN}")
_HEX = "".join(f"&#x{ord(letter):x};" for letter in f"javascript:{RUN}")
_SCHEMES = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f" javascript:{RUN}", f"java\tscript:{RUN}", f"java&#10;script:{RUN}",
    f"javascript&colon;{RUN}", f"\x01javascript:{RUN}", f"javascript:/*--></title>*/{RUN}", _CODED, _HEX,
    f"data:text/html,<script>{RUN}</script>", f"vbscript:{RUN}", f"file:///x?{RUN}", f"blob:{RUN}",
)  # fmt: skip
_LOADING = ("img src=x", "video src=x", "audio src=x", "image src=x", "source src=x", "body", "input autofocus", "svg",
            "details open", "iframe src=x", "object data=x", "embed src=x", "marquee", "select autofocus", "style",
            "link rel=stylesheet href=x", "math", "video><source", "table background=x", "isindex")  # fmt: skip
_EVENTS = ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onstart", "onpageshow", "onanimationstart")
_STRANGER = "//stranger.example/x"

HOSTILE: tuple[str, ...] = (
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<script src={_STRANGER}></script>",
    f"<script type=module>{RUN}</script>",
    f"<<script>{RUN}//<</script>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"'\"><script>{RUN}</script>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e",
    f"<scr\x00ipt>{RUN}</scr\x00ipt>",
    f"<script\x0c>{RUN}</script>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={RUN}>#x'></svg>",
    f"<math href='javascript:{RUN}'>x</math>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<meta http-equiv=refresh content='0;url=http:{_STRANGER}'>",
    f"<base href=http:{_STRANGER}>",
    f"<link rel=stylesheet href=http:{_STRANGER}>",
    f"<link rel=preconnect href=http:{_STRANGER}>",
    f"<style>@import 'http:{_STRANGER}';</style>",
    f"<p style='background:url(http:{_STRANGER})'>x</p>",
    "<p style='position:fixed;inset:0;background:red'>x</p>",
    f"<form action='javascript:{RUN}'><button>x</button></form>",
    f"<button formaction='javascript:{RUN}'>x</button>",
    f"<img src=http:{_STRANGER}>",
    f"<img srcset='http:{_STRANGER} 1x'>",
    f"<img src=`x`onerror={RUN}>",
    f'<img src="x" onerror="{RUN}"',
    f'"onmouseover="{RUN}',
    f"' onfocus='{RUN}' autofocus='",
    f"` onload=`{RUN}`",
    "<template shadowrootmode=open><slot></slot></template>",
    "<dialog open>x</dialog>",
    "</article></main><h1>x</h1>",
    "</div></div></div></td></tr></table>",
    "<!--",
    "<![CDATA[",
    "<?php x",
    "<plaintext>",
    "<xmp>",
    f"![x](http:{_STRANGER})",
    f"![x][y]\n\n[y]: http:{_STRANGER}",
    f"[x][y]\n\n[y]: javascript:{RUN}",
    f'[x](# "onmouseover={RUN}"){{: onclick={RUN} }}',
    f"text {{: onclick={RUN} style=color:red #id .md-button }}",
    f"# x {{ onclick={RUN} }}",
    f"<javascript:{RUN}>",
    f"`<script>{RUN}</script>`",
    f"```\n</code></pre><script>{RUN}</script>\n```",
    f"    <script>{RUN}</script>",
    f"| a |\n| --- |\n| <img src=x onerror={RUN}> |",
    f"a | b </td><script>{RUN}</script>",
    f"- [ ] <img src=x onerror={RUN}>",
    f"!!! note \"<img src=x onerror={RUN}>\"",
    f"*[x]: <img src=x onerror={RUN}>",
    f"[^1]: <script>{RUN}</script>",
    f"{{{{ config }}}} {{% raw %}} {{{{ ''.__class__ }}}} ${{{RUN}}} #{{{RUN}}}",
    '--8<-- "hoso.yaml"',
    f"\x02wzxhzdk:0\x03 \x02stx\x03 <script>{RUN}</script>",
    f"klzzwxh:0001 amp;lt;script&amp;gt;{RUN}",
    f"\u202e>tpircs/<{RUN}>tpircs<",
    f"\u2028<script>{RUN}</script>\u2029",
    f"\ufeff<script>{RUN}</script>",
    f"__proto__ constructor <script>{RUN}</script>",
    f"```mermaid\ngraph TD; A[<img src=x onerror={RUN}>]; click A href 'javascript:{RUN}'\n```",
    f"``` {{ .html onclick={RUN} title=\"<img src=x onerror={RUN}>\" }}\nx\n```",
    f"=== \"<img src=x onerror={RUN}>\"\n    x",
    f"[TOC] :material-x:{{ onclick={RUN} }} ++ctrl+x++ ==x==^^x^^ $$\\href{{javascript:{RUN}}}{{x}}$$",
    f"\u2067x\u2066<script>{RUN}</script>\u2069\u200f\u061c",
    f"x{{: style='position:fixed;inset:0' class='md-dialog' }} }}}}*{{background:url(http:{_STRANGER})}}",
    f"[x](javascript&#58;{RUN}) [x](data&colon;text/html,x) [x](//stranger.example/x) <http:{_STRANGER}>",
    *(f"[x]({scheme})" for scheme in _SCHEMES),
    *(f'<a href="{scheme}">x</a>' for scheme in _SCHEMES[:8]),
    *(f"<{tag} {event}={RUN}>" for tag, event in zip(_LOADING, cycle(_EVENTS), strict=False)),
    *(f"<x {event}={RUN} tabindex=1 contenteditable style=animation-name:x>x</x>" for event in _EVENTS),
)  # fmt: skip

_SECTIONS = 24


def hostile_workspace(folder: Path) -> Path:
    """One unit for each hostile text, whose dossier says nothing else; the definitions say all of them in turn."""
    said = cycle(HOSTILE)
    _put(folder, "hoso.yaml", {"hoso": "1", "language": "vi", "time_zone": "Asia/Ho_Chi_Minh"})
    _put(folder, "outlines/lists.yaml", {
        "hoso": "1",
        "lists": {"muc": [{"id": f"m{place}", "label": next(said)} for place in range(4)]},
        "kinds": {"huyen": {"label": next(said)}, "so": {"label": next(said)}},
        "documents": {"18-KL/TW": {"date": "2017-09-22", "issuer": next(said), "about": next(said)}},
        "terms": {"KL": next(said)},
    })  # fmt: skip
    _put(folder, "outlines/bc.yaml", _outline(said))
    _put(folder, "outlines/bc-truoc.yaml", _outline(said))
    _put(folder, "outlines/cham.yaml", _sheet(said))
    _put(folder, "checklists/hs-truoc.yaml", {
        "hoso": "1", "title": next(said), "period": "2020", "to": [{"id": "cu", "name": next(said), "by": ["paper"]}],
        "items": [{"id": "bao_cao", "title": next(said), "outline": "bc-truoc"}],
    })  # fmt: skip
    _put(folder, "checklists/hs.yaml", {
        "hoso": "1", "title": next(said), "period": "2021", "previous": "hs-truoc",
        "checks": [{"id": "q", "check": "at_most_share", "over": "units", "of": "cham.final_level", "part": ["m0"],
                    "base": ["m0", "m1", "m2", "m3"], "limit": "20%", "round": "down", "by": "kind", "level": "warning",
                    "message": next(said), "remedy": next(said), "basis": next(said)}], "guidance": "\n\n".join(HOSTILE),
        "publish": {"dossiers": "all", "from": "drafting"},
        "to": [{"id": "tct", "name": next(said), "by": ["paper"], "note": next(said)}],
        "items": [
            {"id": "cong_van", "title": next(said), "attach": {"formats": ["pdf"], "at_least": "1"}},
            {"id": "bao_cao", "title": next(said), "outline": "bc"},
            {"id": "cham", "title": next(said), "outline": "cham", "required": "false"},
        ],
    })  # fmt: skip
    units = {
        f"u-{place:03}": {"name": text, "kind": ("huyen", "so")[place % 2]}
        | ({"parent": f"u-{place % 3:03}"} if place > 2 else {})
        for place, text in enumerate(HOSTILE)
    }
    _put(folder, "checklists/units.yaml", {"hoso": "1", "units": units})
    for unit, text in zip(units, HOSTILE, strict=True):
        _dossier(folder, unit, text)
    return folder


def _outline(said: Any) -> dict[str, Any]:
    fields = [
        {"id": "van", "type": "text", "label": next(said), "hint": next(said)},
        {"id": "dong", "type": "text", "lines": "1", "label": next(said)},
        {"id": "so", "type": "number", "label": next(said), "measure": next(said)},
        {"id": "muc", "type": "choice", "options": "muc", "label": next(said)},
        {"id": "kem", "type": "file", "label": next(said)},
        {"id": "bang", "type": "table", "label": next(said), "corner": next(said), "rows": {"open": "true"},
         "columns": [{"id": "ten", "label": next(said), "type": "text"}, {"id": "c", "label": next(said), "type": "number"}]},
    ]  # fmt: skip
    fields.append({
        "id": "co_dinh", "type": "table", "label": next(said), "total": {"label": next(said)},
        "columns": [{"id": f"n{year}", "label": next(said), "type": "number", "time": "true"} for year in (1, 2)],
        "rows": [{"id": "r", "label": next(said), "number": next(said)}, {"id": "q", "label": next(said)}],
        "checks": [{"id": "k", "check": "sum_equals", "parts": ["r.n1"], "total": "q.n1", "message": next(said),
                    "remedy": next(said), "basis": next(said)}],
    })  # fmt: skip
    first = {"id": "s0", "title": next(said), "prompt": next(said), "fields": fields,
             "asks": [{"id": "y", "text": next(said), "mentions": ["18-KL/TW"]}]}  # fmt: skip
    others = [
        {"id": f"s{place}", "title": next(said), "prompt": next(said),
         "fields": [{"id": "van", "type": "text", "label": next(said)}]}
        for place in range(1, _SECTIONS)
    ]  # fmt: skip
    return {
        "hoso": "1", "title": next(said), "code": next(said), "issuer": next(said), "period": "2021",
        "publish": {"dossiers": "all", "from": "drafting"}, "guidance": "\n\n".join(HOSTILE), "sections": [first, *others],
    }  # fmt: skip


def _sheet(said: Any) -> dict[str, Any]:
    criteria = [{"id": f"c{place}", "title": next(said), "at_most": "50", "guidance": next(said)} for place in range(2)]
    return {
        "hoso": "1", "title": next(said), "layout": "form", "publish": {"dossiers": "all", "from": "drafting"},
        "sections": [{"id": "c", "title": next(said), "fields": [
            {"id": "diem", "type": "scoring", "label": next(said),
             "groups": [{"id": "g", "title": next(said), "at_most": "100", "criteria": criteria}],
             "levels": {"list": "muc", "at_least": {"m0": "90", "m1": "70", "m2": "50", "m3": "0"}}},
            {"id": "nhan", "type": "choice", "options": "muc", "label": next(said),
             "checks": [{"check": "not_above", "other": "diem.own_level", "message": next(said)}]},
        ]}],
    }  # fmt: skip


def _dossier(folder: Path, unit: str, text: str) -> None:
    line = " ".join(text.split())
    name = text.replace("/", "∕").replace("\0", "").replace("\n", " ")[:80] + ".pdf"
    kept = {"file": f"cong_van/{name}", "size": "9", "sha256": "0" * 64}
    _put(folder, f"checklists/hs/{unit}/dossier.yaml", {
        "hoso": "1", "unit": unit, "state": "returned", "returned": {"because": text, "items": ["bao_cao", line]},
        "settled": {"bao_cao": {"k2345": {"done": "2021-11-20T08:00:00+07:00", "reply": text}}},
        "attachments": {"cong_van": {"rzzzz": kept}, "bao_cao.s0.kem": {"ryyyy": kept}},
        "waivers": [{"code": "not-a-number", "key": "bao_cao.s0.so", "reason": text}],
    })  # fmt: skip
    sections: dict[str, Any] = {f"s{place}": {"van": text} for place in range(1, _SECTIONS)}
    sections["s1"]["van"] = f"{text} {{{{s0.so}}}} {{{{s0.dong}}}} {{{{{line}}}}}"
    _put(folder, f"checklists/hs/{unit}/bao_cao.appraisal.yaml", {
        "hoso": "1", "verdict": "returned", "because": text, "level": line,
        "remarks": {"s0": {"k2345": {"field": "so", "at": "2021-11-19T08:00:00+07:00", "by": line, "text": text}}},
    })  # fmt: skip
    _put(folder, f"checklists/hs/{unit}/history/20211119T0900-returned.yaml", {
        "hoso": "1", "event": "returned", "at": "2021-11-19T09:00:00+07:00", "by": line, "because": text, "note": text,
    })  # fmt: skip
    _put(folder, f"checklists/hs/{unit}/cham.yaml", {
        "hoso": "1", "outline": "cham", "version": "1",
        "answers": {"c": {"diem": {"g.c0": line, "g.c1": "20"}, "nhan": ("m0", "m1", "m2")[len(text) % 3]}},
    })  # fmt: skip
    sections["s0"] = {
        "asks": {"y": {"absent": "not_applicable", "because": text}}, "van": text, "dong": line, "so": line, "muc": line,
        "bang": {"r1": {"ten": line, "c": line}}, "kem": {"absent": "withheld", "because": text},
        "co_dinh": {"r": {"n1": "3", "n2": line}, "q": {"n1": "4", "n2": "5"}},
    }  # fmt: skip
    _put(folder, f"checklists/hs/{unit}/bao_cao.yaml", {
        "hoso": "1", "outline": "bc", "version": "1", "answers": sections, "parked": {"s0": {"cu": text}},
    })  # fmt: skip


def _put(folder: Path, name: str, data: dict[str, Any]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yamlio.dump(data), encoding="utf-8")
