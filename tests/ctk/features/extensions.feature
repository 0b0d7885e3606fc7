Feature: Extensions and custom functions

  Scenario: Before and after every task that is not an extension's
    Given a workflow with definition:
    """yaml
    use:
      extensions:
        - logging:
            extend: all
            before:
              - logBefore:
                  set: { message: '${ "before \($task.name)" }' }
            after:
              - logAfter:
                  set: { message: '${ "after" }' }
    do:
      - work:
          set: { done: true }
      - more:
          set: { all: '${ .done }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    all: true
    """
    And logBefore should run 2 times
    And logAfter should run 2 times

  Scenario: Exit in an extension takes the task's place
    Given a workflow with definition:
    """yaml
    use:
      extensions:
        - mock:
            extend: call
            when: $task.call == "http" and ($task.with.endpoint | startswith("https://mocked.example"))
            before:
              - answer:
                  set: { mocked: true }
                  then: exit
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint: https://mocked.example/pets
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    mocked: true
    """

  Scenario: A custom function's input is checked by its schema
    Given a workflow with definition:
    """yaml
    use:
      functions:
        greet:
          input:
            schema:
              document: { type: object, required: [ name ] }
          set: { greeting: '${ "Hello \(.name)" }' }
    do:
      - hello:
          call: greet
          with: { name: '${ .who }' }
      - nobody:
          call: greet
    """
    And given the workflow input is:
    """yaml
    who: Ala
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
    status: 400
    """

  Scenario: A function that does not exist
    Given a workflow with definition:
    """yaml
    do:
      - hello:
          call: greet
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
    status: 400
    """
