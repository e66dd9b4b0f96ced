"""Use cases: one class per concept, one method per thing a person or camera can cause."""
