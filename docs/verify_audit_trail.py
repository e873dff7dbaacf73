"""Checks an exported audit trail, independently of Metricis. See audit-trail.md.

    python3 verify_audit_trail.py entries.jsonl heads.jsonl [PUBLIC_KEY_IN_HEX ...]

After a change of the server's master secret give the earlier keys as well: a chain that has not grown
since then ends with a signature of the earlier key.
"""

import hashlib
import json
import struct
import sys

FIELDS = (
    "study_id seq id at actor_kind actor_id action entity entity_id "
    "old_values new_values reason request_id"
).split()


def field(value):
    if value is None:
        return struct.pack(">i", -1)
    return struct.pack(">i", len(value)) + value


def entry_hash(row):
    data = field(b"metricis-audit-entry-v1") + field(bytes.fromhex(row["prev_hash"]))
    for name in FIELDS:
        value = row[name]
        data += field(None if value is None else str(value).encode())
    return hashlib.sha256(data).hexdigest()


def rows(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def check_entries(path):
    """The last entry's (seq, hash) of each chain."""
    ends = {}
    for row in rows(path):
        chain, seq = row["study_id"], row["seq"]
        last_seq, last_hash = ends.get(chain, (0, "00" * 32))
        if seq != last_seq + 1:
            sys.exit(f"{chain}: entry {last_seq + 1} is missing")
        if entry_hash(row) != row["hash"]:
            sys.exit(f"{chain}: entry {seq} was altered")
        if row["prev_hash"] != last_hash:
            sys.exit(f"{chain}: entry {seq} does not follow the one before it")
        ends[chain] = (seq, row["hash"])
    return ends


def check_heads(path, ends, public_keys):
    heads = {row["study_id"]: row for row in rows(path)}
    for chain in sorted(ends.keys() | heads.keys()):
        head = heads.get(chain)
        if head is None:
            sys.exit(f"{chain}: its signed end is missing")
        if (head["seq"], head["hash"]) != ends.get(chain, (0, "00" * 32)):
            sys.exit(f"{chain}: its entries do not end where its signed end says")
        if public_keys:
            message = "\n".join(
                ["metricis-audit-head-v1", chain, str(head["seq"]), head["hash"]]
            ).encode()
            check_signature(public_keys, message, bytes.fromhex(head["signature"]), chain)


def check_signature(public_keys, message, signature, chain):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for public_key in public_keys:
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
            return
        except InvalidSignature:
            pass
    sys.exit(f"{chain}: its end is not signed with this key")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    public_keys = [bytes.fromhex(key) for key in sys.argv[3:]]
    ends = check_entries(sys.argv[1])
    check_heads(sys.argv[2], ends, public_keys)
    count = sum(seq for seq, _ in ends.values())
    signatures = "signatures valid" if public_keys else "signatures not checked"
    print(f"valid: {len(ends)} chains, {count} entries, {signatures}")


main()
