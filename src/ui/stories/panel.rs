//! The story that goes on: what to do, whether it is done, and what helps.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, MouseEvent, ShadowRoot};
use yew::{
    AttrValue, Callback, Html, Properties, classes, component, html, use_memo, use_node_ref,
    use_state,
};

use super::hint::hint;
use super::point::{point, unpoint};
use super::scene::{Scene, Since};
use super::tale::{Step, TALES, Tale};
use crate::driver::ClockState;
use crate::engine::{Session, SessionId};
use crate::sandbox::{Exchange, Notification};
use crate::ui::act::{Act, doing};
use crate::ui::parts::{Shape, icon, small_icon};
use crate::ui::shared::List;
use crate::ui::state::Config;
use crate::ui::use_effect::use_effect_with;

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct StoryProps {
    /// Which of them.
    pub(in crate::ui) story: usize,
    pub(in crate::ui) sessions: List<Session>,
    pub(in crate::ui) notifications: List<Notification>,
    pub(in crate::ui) traffic: List<Exchange>,
    pub(in crate::ui) clock: ClockState,
    pub(in crate::ui) config: Rc<Config>,
    pub(in crate::ui) selected: Option<SessionId>,
    /// The notification that is open.
    pub(in crate::ui) read: Option<AttrValue>,
    pub(in crate::ui) on_act: Callback<Act>,
}

/// The panel. It takes the focus when it begins, and its heading at each turn.
#[component]
pub(in crate::ui) fn Story(props: &StoryProps) -> Html {
    let since = use_memo((), |()| {
        Since::now(&props.sessions, &props.notifications, &props.traffic)
    });
    let place = use_state(|| 0_usize);
    let small = use_state(|| false);
    let (panel, heading) = (use_node_ref(), use_node_ref());
    use_effect_with(*place, {
        let (panel, heading) = (panel.clone(), heading.clone());
        move |_| {
            if let Some(heading) = heading.cast::<HtmlElement>() {
                // A heading with a tabindex takes the focus.
                let _ = heading.focus();
            }
            let root = panel.cast::<Element>().map(|panel| panel.get_root_node());
            let root = root.and_then(|root| root.dyn_into::<ShadowRoot>().ok());
            move || {
                if let Some(root) = root {
                    unpoint(&root);
                }
            }
        }
    });
    let Some(tale) = TALES.get(props.story) else {
        return Html::default();
    };
    let scene = Scene::new(
        &since,
        (&props.sessions, &props.notifications, &props.traffic),
        &props.clock,
        &props.config,
        props.read.as_ref(),
    );
    let go = |to: usize| {
        let place = place.setter();
        Callback::from(move |_: MouseEvent| place.set(to))
    };
    let shrink = {
        let small = small.clone();
        move |_| small.set(!*small)
    };
    let (total, at) = (tale.steps.len(), *place);
    let where_ = if at < total {
        ["Step ", &(at + 1).to_string(), " of ", &total.to_string()].concat()
    } else {
        "The end".to_owned()
    };
    let content = match tale.steps.get(at) {
        Some(step) => {
            let show = {
                let (panel, places) = (panel.clone(), step.places);
                Callback::from(move |_: MouseEvent| {
                    if let Some(panel) = panel.cast::<Element>() {
                        point(&panel, places);
                    }
                })
            };
            let acts = (step.hand)(&scene);
            let help = {
                let on_act = props.on_act.clone();
                Callback::from(move |_: MouseEvent| {
                    acts.iter().cloned().for_each(|act| on_act.emit(act));
                })
            };
            let back = at.checked_sub(1).map(&go);
            self::step(step, &scene, (show, help), (back, go(at + 1)))
        }
        None => end(props.story, tale, &props.on_act),
    };
    let title = tale
        .steps
        .get(at)
        .map_or("What you know now", |step| step.title);
    let label = if *small {
        "Show the story"
    } else {
        "Make the story small"
    };
    html! {
        <aside ref={panel} class={classes!("story", small.then_some("story--small"))} aria-labelledby="h-story">
            <div class="story__head">
                { icon(Shape::Book) }
                <h2 id="h-story" class="trunc">{ tale.title }</h2>
                <span class="count num">{ where_ }</span>
                <span class="grow" />
                <button class="btn btn--ghost btn--sm btn--icon story__fold" type="button" aria-expanded={(!*small).to_string()} aria-label={label} title={label} onclick={shrink}>
                    { icon(Shape::Chevron) }
                </button>
                <button class="btn btn--ghost btn--sm btn--icon" type="button" aria-label="End the story" title="End the story" onclick={doing(&props.on_act, Act::Tell(None))}>
                    { icon(Shape::Close) }
                </button>
            </div>
            <div class="story__body" hidden={*small}>
                <h3 ref={heading} tabindex="-1">{ title }</h3>
                { content }
            </div>
        </aside>
    }
}

fn step(
    step: &Step,
    scene: &Scene<'_>,
    (show, help): (Callback<MouseEvent>, Callback<MouseEvent>),
    (back, next): (Option<Callback<MouseEvent>>, Callback<MouseEvent>),
) -> Html {
    let done = (step.done)(scene);
    let hint = hint(scene).filter(|_| !done);
    let (shape, tone, word) = if done {
        (Shape::Check, "ok", "Done: ")
    } else {
        (Shape::Wait, "wait", "Waiting for: ")
    };
    html! {
        <>
            <p>{ step.text }</p>
            <p class={classes!("story__check", tone)} role="status">{ icon(shape) }<span>{ word }{ step.wait }</span></p>
            if let Some(hint) = hint {
                <p class="story__hint">{ small_icon(Shape::Bulb) }<span>{ hint }</span></p>
            }
            <div class="story__acts">
                <button class="btn btn--sm" type="button" onclick={show}>{ "Show me" }</button>
                <button class="btn btn--sm" type="button" disabled={done} onclick={help}>{ "Do it for me" }</button>
                <span class="grow" />
                if let Some(back) = back {
                    <button class="btn btn--sm btn--ghost" type="button" onclick={back}>{ "Back" }</button>
                }
                <button class={classes!("btn", "btn--sm", done.then_some("story__next"))} type="button" onclick={next}>
                    { if done { "Next" } else { "Skip" } }
                </button>
            </div>
        </>
    }
}

fn end(story: usize, tale: &Tale, on_act: &Callback<Act>) -> Html {
    let next = TALES.get(story + 1);
    html! {
        <>
            <p>{ tale.learnt }</p>
            <div class="story__acts">
                <button class="btn btn--sm" type="button" onclick={doing(on_act, Act::Tell(None))}>{ "Finish" }</button>
                <span class="grow" />
                if let Some(next) = next {
                    <button class="btn btn--sm story__next" type="button" onclick={doing(on_act, Act::Tell(Some(story + 1)))}>
                        { "Next story: " }{ next.title }
                    </button>
                }
            </div>
        </>
    }
}
