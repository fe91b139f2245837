//! Before there is a session.

use yew::{Callback, Html, html};

use crate::http::Request;
use crate::ui::act::{Act, Open, doing};
use crate::ui::parts::{Shape, icon};

/// What a pane shows that has no session yet, and the ways to some.
pub(super) fn empty(stories: bool, on_act: &Callback<Act>) -> Html {
    html! {
        <div class="empty">
            <svg class="empty__art" viewBox="0 0 352 96" fill="none" stroke="currentColor" aria-hidden="true">
                <path d="M0 24.5h352M0 48.5h352M0 72.5h352" stroke-opacity=".35" stroke-dasharray="2 4" />
                <path d="M40.5 30.5h150v12h-150zM96.5 54.5h190v12h-190zM150.5 6.5h120v12h-120z" stroke-opacity=".6" stroke-dasharray="3 3" />
                <path class="empty__now" d="M176 0v96" stroke-width="1.5" />
            </svg>
            <h3>{ "No sessions yet" }</h3>
            <p>{ "Send a request. Each session then gets a row here, with its whole life drawn against the sandbox's clock." }</p>
            <div class="row">
                <button class="btn btn--primary" type="button" onclick={doing(on_act, Act::SendExample)}>{ icon(Shape::Arrow) }{ "Try the example" }</button>
                if stories {
                    <button class="btn" type="button" onclick={doing(on_act, Act::Open(Open::Stories))}>{ icon(Shape::Book) }{ "Guided stories" }</button>
                }
            </div>
        </div>
    }
}

/// The portal's example.
pub(in crate::ui) fn example() -> Request {
    Request::new("POST", &(Request::BASE.to_owned() + "/qod/v0/sessions"))
        .header("Content-Type", "application/json")
        .body(EXAMPLE)
}

const EXAMPLE: &str = r#"{
  "device": {
    "ipv4Address": {
      "publicAddress": "203.0.113.25",
      "publicPort": 8080
    }
  },
  "applicationServer": {
    "ipv4Address": "198.51.100.10"
  },
  "applicationServerPorts": {
    "ports": [443]
  },
  "qosProfile": "QOS_E",
  "webhook": {
    "notificationUrl": "https://application-server.com/notifications",
    "notificationAuthToken": "c8974e592c2fa383d4a3960714"
  },
  "duration": 3600
}"#;
