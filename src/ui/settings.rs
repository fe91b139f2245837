//! How the operator, its network and its receivers behave, in plain words.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html};

use super::act::Act;
use super::parts::Dialog;
use super::state::Config;

#[derive(Properties, PartialEq)]
pub(super) struct SettingsProps {
    pub(super) config: Rc<Config>,
    pub(super) on_act: Callback<Act>,
}

/// The settings.
#[component]
pub(super) fn Settings(props: &SettingsProps) -> Html {
    html! {
        <Dialog title="Settings" side=true onclose={props.on_act.reform(|()| Act::Close)}>{ "…" }</Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct TestValuesProps {
    pub(super) on_act: Callback<Act>,
}

/// The identifiers that stand for scenarios.
#[component]
pub(super) fn TestValues(props: &TestValuesProps) -> Html {
    html! {
        <Dialog title="Test values" onclose={props.on_act.reform(|()| Act::Close)}>{ "…" }</Dialog>
    }
}
