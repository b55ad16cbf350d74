"""Whatever breaks under the handoff, nothing is lost: `make faults`."""
