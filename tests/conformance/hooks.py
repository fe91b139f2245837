"""What a valid request is, where the specification says it in prose only.

The schema leaves these open, so a generator invents values that no operator can serve:

* `qosProfile` must be one that the operator offers and that is ACTIVE;
* the addresses of `applicationServer` are text in the schema, address or address/mask in its description;
* `from` of a range is at most `to`.

Only requests that are meant to be valid are changed; those that are meant to be wrong go out as they are.
"""

import schemathesis
from schemathesis.generation import GenerationMode


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    body = case.body
    if not isinstance(body, dict):
        return
    if isinstance(body.get("qosProfile"), str):
        body["qosProfile"] = "QOS_E"
    server = body.get("applicationServer")
    if isinstance(server, dict):
        if "ipv4Address" in server:
            server["ipv4Address"] = "198.51.100.10"
        if "ipv6Address" in server:
            server["ipv6Address"] = "2001:db8::/64"
    for name in ("devicePorts", "applicationServerPorts"):
        spec = body.get(name)
        ranges = spec.get("ranges") if isinstance(spec, dict) else None
        for item in ranges if isinstance(ranges, list) else []:
            item["from"], item["to"] = sorted((item["from"], item["to"]))
