//! Tests of the whole server.

#[cfg(test)]
mod access;
#[cfg(test)]
mod app;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod auth;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod compliance;
#[cfg(test)]
mod http_rules;
#[cfg(test)]
mod line;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod participants;
#[cfg(test)]
mod portal_isolation;
#[cfg(test)]
mod process;
#[cfg(test)]
mod refused_forms;
#[cfg(test)]
mod studies;
#[cfg(test)]
mod task_docs;
#[cfg(test)]
mod whole_line;
