//! The program with all tasks, for `trunk serve`. What is shipped are the programs of the groups.

fn main() {
    assessments::start(task_engine::tasks::all());
}
