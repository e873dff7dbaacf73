//! The address a request came from, behind proxies that we trust.

use axum::extract::ConnectInfo;
use axum::http::Request;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The client's address: the connection's, or, when that is a trusted proxy, the last address in
/// `X-Forwarded-For` that is not one.
#[must_use]
pub fn client_ip<B>(request: &Request<B>, trusted: &[ipnet::IpNet]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|net| net.contains(ip));
    if !is_trusted(&peer) {
        return peer;
    }
    request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse::<IpAddr>().ok())
        .rfind(|ip| !is_trusted(ip))
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &str) -> Request<()> {
        let mut request = Request::builder().header("x-forwarded-for", forwarded).body(()).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }

    #[test]
    fn a_stranger_cannot_choose_its_address() {
        let request = from("203.0.113.9:1", "1.2.3.4");
        assert_eq!(client_ip(&request, &[]).to_string(), "203.0.113.9");
    }

    #[test]
    fn behind_a_trusted_proxy_the_nearest_untrusted_address_counts() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let request = from("10.0.0.2:1", "6.6.6.6, 203.0.113.7, 10.0.0.9");
        assert_eq!(client_ip(&request, &trusted).to_string(), "203.0.113.7");
    }
}
