//! `BaseSessionInfo.webhook`

use super::{given, required};
use crate::api::json::{Member, Offences};
use crate::api::{hint, uri};
use crate::engine::{Remark, Webhook};

pub(super) fn webhook(
    member: &Member<'_>,
    out: &mut Offences,
) -> Option<(Webhook, Option<Remark>)> {
    const SCHEMA: &str = "#/components/schemas/BaseSessionInfo";
    if member.object(out, SCHEMA).is_none() {
        out.suggest(hint::webhook_object(member.value));
        return None;
    }
    let url = required(member, "notificationUrl", SCHEMA, out).and_then(|member| {
        member.parsed_or(
            out,
            ("must be an absolute URI", SCHEMA),
            uri::parse,
            hint::url,
        )
    });
    let token = member.get("notificationAuthToken").map(|member| {
        let long_enough = |text: &str| {
            (20..=256)
                .contains(&text.chars().count())
                .then(|| text.into())
        };
        let rule = ("must have 20 to 256 characters", SCHEMA);
        member.parsed_or(out, rule, long_enough, hint::characters)
    });
    let (url, scheme) = url?;
    let remark = (scheme == uri::Scheme::Other).then_some(Remark::WebhookSchemeNotHttp);
    Some((
        Webhook {
            url,
            token: given(token)?,
        },
        remark,
    ))
}
