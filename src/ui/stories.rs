//! Guided stories: what the API does, done by the reader.

use std::rc::Rc;

use yew::{Callback, Html, Properties, component, html};

use super::act::Act;
use super::parts::Dialog;
use super::shared::List;
use super::state::Config;
use crate::driver::ClockState;
use crate::engine::{Session, SessionId};
use crate::sandbox::{Exchange, Notification};

#[derive(Properties, PartialEq)]
pub(super) struct StoriesProps {
    pub(super) on_act: Callback<Act>,
}

/// The choice of stories.
#[component]
pub(super) fn Stories(props: &StoriesProps) -> Html {
    html! {
        <Dialog title="Guided stories" onclose={props.on_act.reform(|()| Act::Close)}>{ "…" }</Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct StoryProps {
    /// Which of them.
    pub(super) story: usize,
    pub(super) sessions: List<Session>,
    pub(super) notifications: List<Notification>,
    pub(super) traffic: List<Exchange>,
    pub(super) clock: ClockState,
    pub(super) config: Rc<Config>,
    pub(super) selected: Option<SessionId>,
    pub(super) on_act: Callback<Act>,
}

/// The story that goes on.
#[component]
pub(super) fn Story(props: &StoryProps) -> Html {
    html! {
        <aside class="story">{ props.story }</aside>
    }
}
