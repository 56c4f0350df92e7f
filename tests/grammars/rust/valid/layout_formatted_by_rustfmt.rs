//! Layout as rustfmt writes it.

use std::collections::{BTreeMap, HashMap};

/// A point.
#[derive(Debug, Clone)]
pub struct Point<T>
where
    T: Copy,
{
    pub x: T,
    // a comment
    pub y: T,
}

impl<T> Point<T>
where
    T: Copy,
{
    pub fn sum<F>(&self, add: F, others: &[Point<T>]) -> Option<T>
    where
        F: Fn(T, T) -> T,
    {
        let first = others.first()?.x; // trailing
        let total = others
            .iter()
            .map(|point| add(point.x, point.y))
            .fold(first, |a, b| add(a, b));
        if total_is_small
            && others.len() > 3
            && let Some(last) = others.last()
        {
            return Some(last.y);
        }
        match self {
            Point { x, .. } if check(x) => Some(*x),
            Point { .. } if others.is_empty() && self.x_is_a_very_long_name_for_a_field() => {
                // nothing
                None
            }
            _ => Some(total),
        }
    }
}
