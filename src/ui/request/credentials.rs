//! Who makes the requests.

use yew::{AttrValue, Callback, Html, html};

use crate::sandbox::MOCK_ACCESS_TOKEN;
use crate::ui::act::{Act, doing};
use crate::ui::parts::{Item, Line, Menu, Shape, small_icon, typed};

/// A token that this sandbox never issued. It looks like one.
const UNKNOWN: &str = "0.00000000000000000000000000000000";

/// The access token, to be copied, changed, or written by hand.
pub(super) fn credentials(token: &AttrValue, on_act: &Callback<Act>) -> Html {
    let oninput = on_act.reform(|event| Act::Credential(typed(&event).into()));
    let copied = token.clone();
    let oncopy = doing(on_act, Act::Copy(copied, "Access token".into()));
    let item = |label: &'static str, note: &'static str, act: Act| {
        let onpick = doing(on_act, act);
        Line::Item(Item {
            note: note.into(),
            ..Item::new(label, onpick)
        })
    };
    let fixed = |token: &'static str| Act::Credential(token.into());
    let lines = vec![
        item(
            "Mock token",
            "Always valid, for everything",
            fixed(MOCK_ACCESS_TOKEN),
        ),
        item(
            "New token",
            "POST /token, client credentials: valid for an hour",
            Act::Mint(""),
        ),
        item(
            "New token, to read only",
            "With the scope qod-sessions-read: 403 for the rest",
            Act::Mint("qod-sessions-read"),
        ),
        item("No token", "401", fixed("")),
        item(
            "Expired or unknown token",
            "401: the answer never says which",
            fixed(UNKNOWN),
        ),
    ];
    html! {
        <div class="credrow">
            { small_icon(Shape::Key) }
            <label for="token">{ "OAuth2" }<span class="vh">{ " access token" }</span></label>
            <input
                class="input mono" id="token" value={token} {oninput} placeholder="none"
                autocomplete="off" autocapitalize="off" spellcheck="false"
            />
            <button class="link" type="button" disabled={token.is_empty()} aria-label="Copy access token" onclick={oncopy}>{ "Copy" }</button>
            <Menu class="link" label="Change access token" name="Access token" {lines}>{ "Change" }</Menu>
        </div>
    }
}
