//! Guided stories: what the API does, done by the reader.

use yew::{Callback, Html, Properties, component, html, use_state};

use super::act::{Act, Open, doing};
use super::page::Page;
use super::parts::{Dialog, Shape, icon};
use super::use_effect::use_effect_with;
use tale::{TALES, Tale};

mod conflict;
mod ending;
mod failing;
mod first;
mod hands;
mod hint;
mod panel;
mod point;
mod polling;
mod scene;
mod tale;
#[cfg(test)]
mod tests;

pub(super) use panel::Story;

/// Under which name it is kept that the page was shown before.
const VISITED: &str = "visited";

/// The choice of stories.
pub(super) fn stories(on_act: &Callback<Act>) -> Html {
    let card = |(place, tale): (usize, &Tale)| {
        let onclick = doing(on_act, Act::Tell(Some(place)));
        html! {
            <li key={place} class="tale">
                <div>
                    <h3>{ tale.title }</h3>
                    <p>{ tale.teaser }</p>
                </div>
                <span class="count num">{ tale.steps.len() }{ " steps" }</span>
                <button class="btn" type="button" aria-label={["Begin: ", tale.title].concat()} {onclick}>{ "Begin" }</button>
            </li>
        }
    };
    html! {
        <Dialog title="Guided stories" onclose={doing(on_act, Act::Close)}>
            <p class="note">
                { "Under two minutes each. You do it, the story watches; whatever there is already stays as it is. Every step can be skipped, or done for you." }
            </p>
            <ol class="tales">{ for TALES.iter().enumerate().map(card) }</ol>
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct InvitationProps {
    pub(super) page: Page,
    pub(super) on_act: Callback<Act>,
}

/// A line for who sees the page for the first time.
#[component]
pub(super) fn Invitation(props: &InvitationProps) -> Html {
    let shown = use_state(|| props.page.load(VISITED).is_none());
    use_effect_with((), {
        let page = props.page.clone();
        move |()| page.save(VISITED, "yes")
    });
    if !*shown {
        return Html::default();
    }
    let hide = {
        let shown = shown.setter();
        move |_| shown.set(false)
    };
    html! {
        <aside class="invite" aria-label="For your first visit">
            { icon(Shape::Book) }
            <p><b>{ "New to QoD?" }</b>{ " Five guided stories, two minutes each." }</p>
            <button class="link" type="button" onclick={doing(&props.on_act, Act::Tell(Some(0)))}>{ "Begin with the first" }</button>
            <button class="link hide-s" type="button" onclick={doing(&props.on_act, Act::Open(Open::Stories))}>{ "See all" }</button>
            <span class="grow" />
            <button class="btn btn--ghost btn--sm btn--icon" type="button" aria-label="Hide the invitation" title="Hide the invitation" onclick={hide}>
                { icon(Shape::Close) }
            </button>
        </aside>
    }
}
