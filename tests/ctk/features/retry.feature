Feature: Retry
  What the conformance kit does not cover: the policies by which a try runs again.

  Scenario: The policy's attempts are retries after the first
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: urn:test:flaky, status: 503 }
          catch:
            errors:
              with:
                status: 503
            retry:
              delay: { milliseconds: 1 }
              backoff:
                constant: {}
              limit:
                attempt:
                  count: 2
            do:
              - giveUp:
                  set:
                    status: ${ $error.status }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 503
    """
    And risky should run 3 times
    And giveUp should run last

  Scenario: A named policy of the reusable components
    Given a workflow with definition:
    """yaml
    use:
      retries:
        twice:
          limit:
            attempt:
              count: 1
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: urn:test:flaky, status: 500 }
          catch:
            retry: twice
            do:
              - giveUp:
                  set: { ok: true }
    """
    When the workflow is executed
    Then the workflow should complete
    And risky should run 2 times

  Scenario: A policy whose condition does not hold
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: urn:test:flaky, status: 500 }
          catch:
            retry:
              when: $error.status == 503
              limit:
                attempt:
                  count: 5
            do:
              - giveUp:
                  set: { ok: true }
    """
    When the workflow is executed
    Then the workflow should complete
    And risky should run 1 times

  Scenario: An error whose retries are used up faults the workflow
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - risky:
                raise:
                  error: { type: urn:test:flaky, status: 500 }
          catch:
            retry:
              limit:
                attempt:
                  count: 1
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 500
    instance: /do/0/guarded/try/0/risky
    """
