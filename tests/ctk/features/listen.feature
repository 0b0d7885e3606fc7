Feature: Listen
  Strategies of consumption, reading modes, correlation and iteration.

  Scenario: One event, read as its data
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen:
            to:
              one: { with: { type: order.placed } }
    """
    And given the events:
    """yaml
    - { type: order.cancelled, data: { n: 1 } }
    - { type: order.placed, data: { n: 2 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - { n: 2 }
    """

  Scenario: All events, in the order of arrival
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen:
            to:
              all:
                - with: { type: a }
                - with: { type: b }
    """
    And given the events:
    """yaml
    - { type: b, data: 2 }
    - { type: a, data: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [2, 1]
    """

  Scenario: The event that ends the listening is not part of the output
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: reading }
              until:
                one: { with: { type: done } }
    """
    And given the events:
    """yaml
    - { type: reading, data: 1 }
    - { type: reading, data: 2 }
    - { type: done, data: 3 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [1, 2]
    """

  Scenario: A condition on the events consumed so far
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen:
            to:
              any: []
              until: ( . | length ) == 3
    """
    And given the events:
    """yaml
    - { type: a, data: 1 }
    - { type: b, data: 2 }
    - { type: c, data: 3 }
    - { type: d, data: 4 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [1, 2, 3]
    """

  Scenario: Each consumed event runs the iterator's tasks, and its output is transformed
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen:
            to:
              any:
                - with: { type: reading }
              until: ( . | length ) == 2
          foreach:
            item: reading
            at: place
            do:
              - scale:
                  set:
                    scaled: ${ $reading * 10 + $place }
            output:
              as: .scaled
    """
    And given the events:
    """yaml
    - { type: reading, data: 1 }
    - { type: reading, data: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [10, 21]
    """
    And scale should run 2 times

  Scenario: The first extracted value is what later events must correlate with
    Given a workflow with definition:
    """yaml
    do:
      - hear:
          listen:
            to:
              all:
                - with: { type: temperature }
                  correlate: { room: { from: .roomid } }
                - with: { type: humidity }
                  correlate: { room: { from: .roomid } }
    """
    And given the events:
    """yaml
    - { type: temperature, roomid: kitchen, data: 21 }
    - { type: humidity, roomid: cellar, data: 80 }
    - { type: humidity, roomid: kitchen, data: 40 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [21, 40]
    """

  Scenario: Events reach every branch of a fork inside a try
    Given a workflow with definition:
    """yaml
    do:
      - guarded:
          try:
            - both:
                fork:
                  branches:
                    - left:
                        listen: { to: { one: { with: { type: go } } } }
                    - right:
                        listen: { to: { one: { with: { type: go } } }, read: envelope }
                        output: { as: '.[0].type' }
          catch: {}
    """
    And given the events:
    """yaml
    - { type: go, data: 1 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [[1], go]
    """
