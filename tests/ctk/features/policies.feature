Feature: Retry policies and extensions
  Properties that the other features do not reach.

  Scenario: A policy that excepts the error does not retry it
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try: [{ risky: { raise: { error: { type: urn:test:flaky, status: 503 } } } }]
          catch:
            retry: { exceptWhen: $error.status == 503, delay: { milliseconds: 1 }, limit: { attempt: { count: 3 } } }
            do: [{ giveUp: { set: { gave: up } } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    gave: up
    """
    And risky should run 1 times

  Scenario: Linear backoff, jitter and a limit of the whole duration
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try: [{ risky: { raise: { error: { type: urn:test:flaky, status: 503 } } } }]
          catch:
            retry:
              delay: { milliseconds: 30 }
              backoff: { linear: {} }
              jitter: { from: PT0S, to: PT0.001S }
              limit: { duration: { milliseconds: 100 } }
            do: [{ giveUp: { set: { gave: up } } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    gave: up
    """
    And the workflow should take at least 30 milliseconds

  Scenario: An attempt that takes too long is an error of type timeout, and is retried
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try: [{ slow: { wait: PT1H } }]
          catch:
            errors: { with: { type: timeout } }
            retry: { delay: { milliseconds: 1 }, limit: { attempt: { count: 1, duration: { milliseconds: 20 } } } }
            do: [{ giveUp: { set: "${ $error.status }" } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    408
    """
    And slow should run 2 times

  Scenario: The error goes by the name that the catch gives it
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try: [{ risky: { raise: { error: { type: urn:test:odd, status: 409, title: Odd } } } }]
          catch: { as: problem, do: [{ tell: { set: "${ $problem.title }" } }] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    Odd
    """

  Scenario: An extension whose condition does not hold leaves the task alone
    Given a workflow with definition:
    """yaml
    use:
      extensions:
        - note: { extend: set, when: "false", before: [{ noted: { set: noted } }] }
    do:
      - make: { set: { a: 1 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And noted should not run

  Scenario: An extension of composite tasks runs around do, not around set
    Given a workflow with definition:
    """yaml
    use:
      extensions:
        - note: { extend: composite, after: [{ noted: { set: noted } }] }
    do:
      - outer: { do: [{ make: { set: { a: 1 } } }] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    a: 1
    """
    And noted should run 1 times

  Scenario: An event read as its envelope
    Given a workflow with definition:
    """yaml
    do:
      - hear: { listen: { to: { one: { with: { type: paid } } }, read: envelope }, output: { as: ".[0] | { type, data }" } }
    """
    And the events:
    """yaml
    [{ type: paid, data: { n: 1 } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    { type: paid, data: { n: 1 } }
    """

  Scenario: An event read raw is text
    Given a workflow with definition:
    """yaml
    do:
      - hear: { listen: { to: { one: { with: { type: paid } } }, read: raw } }
    """
    And the events:
    """yaml
    [{ type: paid, data: { n: 1 } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ['{"n":1}']
    """

  Scenario: Events are dealt with one after another, in the order of their arrival
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen: { to: { any: [{ with: { type: paid } }], until: length >= 2 } }
          foreach:
            item: event
            at: place
            do: [{ rest: { wait: { milliseconds: 10 } } }, { note: { set: { n: "${ $event.n }", place: "${ $place }" } } }]
    """
    And the events:
    """yaml
    [{ type: paid, data: { n: 1 } }, { type: paid, data: { n: 2 } }]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [{ n: 1, place: 0 }, { n: 2, place: 1 }]
    """
