//! What has just been done, or failed, and the way back: bottom centre, one at a time.

use gloo_timers::callback::Timeout;
use yew::{AttrValue, Callback, Html, Properties, classes, component, html, use_state};

use super::act::{Act, doing};
use super::parts::{Shape, icon};
use super::use_effect::use_effect_with;

/// Wall milliseconds until it goes by itself.
const STAYS: u32 = 5_000;

/// A word on what a person did.
#[derive(Clone)]
pub(super) struct Toast {
    /// Tells it from the ones before.
    pub(super) id: u32,
    pub(super) tone: ToastTone,
    pub(super) text: AttrValue,
    /// A button: what it says, and does.
    pub(super) act: Option<(AttrValue, Act)>,
}

impl PartialEq for Toast {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Of what kind the word is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ToastTone {
    Done,
    /// Time went another way.
    Time,
    /// It stays until it is closed.
    Failed,
}

/// The region in which toasts show. While a dialog keeps it out of reach, one `waits`.
pub(super) fn toasts(toast: Option<&Toast>, waits: bool, on_act: &Callback<Act>) -> Html {
    html! {
        <div class="toasts">
            if let Some(toast) = toast {
                <Shown key={toast.id} toast={toast.clone()} {waits} on_act={on_act.clone()} />
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    toast: Toast,
    waits: bool,
    on_act: Callback<Act>,
}

/// One toast, and its time.
#[component]
fn Shown(props: &ShownProps) -> Html {
    let ShownProps {
        toast,
        waits,
        on_act,
    } = props;
    // While the pointer or the focus is on it, it stays.
    let held = use_state(|| false);
    let failed = toast.tone == ToastTone::Failed;
    use_effect_with((*held || *waits, failed), {
        let on_act = on_act.clone();
        move |(held, failed)| {
            let timeout = (!held && !failed)
                .then(|| Timeout::new(STAYS, move || on_act.emit(Act::HideToast)));
            move || drop(timeout)
        }
    });
    let hold = |value: bool| {
        let held = held.setter();
        move || held.set(value)
    };
    let (on, off) = (hold(true), hold(false));
    let (shape, class) = match toast.tone {
        ToastTone::Done => (Shape::Check, "ok"),
        ToastTone::Time => (Shape::Rewind, ""),
        ToastTone::Failed => (Shape::Stop, "bad"),
    };
    let (onmouseenter, onmouseleave) = (
        {
            let on = on.clone();
            move |_| on()
        },
        {
            let off = off.clone();
            move |_| off()
        },
    );
    let (onfocusin, onfocusout) = (move |_| on(), move |_| off());
    html! {
        <div class="toast" role={if failed { "alert" } else { "status" }} {onmouseenter} {onmouseleave} {onfocusin} {onfocusout}>
            <span class={classes!("toast__icon", class)}>{ icon(shape) }</span>
            <span class="toast__text">{ &toast.text }</span>
            if let Some((label, act)) = &toast.act {
                <button class="btn btn--sm" type="button" onclick={on_act.reform({ let act = act.clone(); move |_| act.clone() })}>{ label }</button>
            }
            <button
                class="btn btn--sm btn--icon btn--ghost" type="button" aria-label="Close" title="Close"
                onclick={doing(on_act, Act::HideToast)}
            >
                { icon(Shape::Close) }
            </button>
        </div>
    }
}
