//! What is open over the page.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::act::{Act, Open};
use super::keys::KeyList;
use super::offer::{Offer, offer_dialog};
use super::page::Page;
use super::receivers::receivers;
use super::settings::{TestValues, settings};
use super::state::Config;
use super::stories::stories;
use super::top_bar::link_dialog;

#[derive(Properties, PartialEq)]
pub(super) struct OverProps {
    pub(super) open: Open,
    pub(super) config: Rc<Config>,
    /// The link to the run.
    pub(super) link: AttrValue,
    /// The run that was opened.
    pub(super) offer: Offer,
    pub(super) page: Page,
    pub(super) on_act: Callback<Act>,
}

/// A dialog; one component, so that none is rendered again because time passes.
#[component]
pub(super) fn Over(props: &OverProps) -> Html {
    let OverProps {
        config,
        page,
        on_act,
        ..
    } = props;
    match props.open {
        Open::Keys => html! { <KeyList page={page.clone()} on_act={on_act.clone()} /> },
        Open::Settings => settings(config, page, on_act),
        Open::Receivers => receivers(config, on_act),
        Open::TestValues => html! { <TestValues on_act={on_act.clone()} /> },
        Open::Stories => stories(on_act),
        Open::Offer => offer_dialog(&props.offer, on_act),
        Open::Link => link_dialog(&props.link, on_act),
    }
}
