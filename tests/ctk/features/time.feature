Feature: Wait and timeout

  Scenario: A wait passes its input on
    Given a workflow with definition:
    """yaml
    do:
      - pause:
          wait: { milliseconds: 50 }
    """
    And given the workflow input is:
    """yaml
    kept: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kept: true
    """
    And the workflow should take at least 50 milliseconds

  Scenario: An ISO 8601 duration from an expression
    Given a workflow with definition:
    """yaml
    do:
      - pause:
          wait: ${ .pause }
    """
    And given the workflow input is:
    """yaml
    pause: PT0.05S
    """
    When the workflow is executed
    Then the workflow should complete

  Scenario: A task that times out faults with status 408
    Given a workflow with definition:
    """yaml
    do:
      - slow:
          wait: PT1H
          timeout:
            after: { milliseconds: 50 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/slow
    """

  Scenario: The workflow's own timeout, by name
    Given a workflow with definition:
    """yaml
    use:
      timeouts:
        soon:
          after: PT0.05S
    timeout: soon
    do:
      - slow:
          wait: PT1H
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 408
    """

  Scenario: A timeout can be caught
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - slow:
                wait: PT1H
                timeout: { after: PT0.05S }
          catch:
            errors:
              with:
                type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
            do:
              - note:
                  set: { late: true }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    late: true
    """
