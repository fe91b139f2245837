//! Effects, as Yew has them: but with one body of code for all, where Yew's would be built anew for
//! each.

use std::any::Any;

use yew::functional::{Hook, TearDown};

/// Runs after a rendering for which `deps` are others than for the one before.
pub(super) fn use_effect_with<T: PartialEq + 'static, D: TearDown>(
    deps: T,
    effect: impl FnOnce(&T) -> D + 'static,
) -> impl Hook<Output = ()> {
    let effect = move |deps: &Dependencies| -> End {
        // They come with the effect: it is their type.
        let end = (&*deps.0 as &dyn Any).downcast_ref().map(effect);
        Box::new(move || end.map_or((), TearDown::tear_down))
    };
    use_any_effect(Dependencies(Box::new(deps)), Box::new(effect))
}

/// Runs after each rendering.
pub(super) fn use_effect<D: TearDown>(
    effect: impl FnOnce() -> D + 'static,
) -> impl Hook<Output = ()> {
    use_effect_with(Always, move |_| effect())
}

type End = Box<dyn FnOnce()>;

fn use_any_effect(
    deps: Dependencies,
    effect: Box<dyn FnOnce(&Dependencies) -> End>,
) -> impl Hook<Output = ()> {
    yew::use_effect_with(deps, effect)
}

struct Dependencies(Box<dyn Comparable>);

impl PartialEq for Dependencies {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(&*other.0)
    }
}

trait Comparable: Any {
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// What is never as it was before.
struct Always;

impl PartialEq for Always {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}
