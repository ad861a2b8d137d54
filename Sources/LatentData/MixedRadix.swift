extension Schema {
  /// Every row that has these codes, one per variable, but for some variables that take all their joint states, the last
  /// one fastest.
  package func rows(_ codes: [StateCode], varying variables: [VariableID]) -> [[StateCode]] {
    variables.reduce([codes]) { rows, id in
      rows.flatMap { row in
        (0..<StateCode(self[id].cardinality)).map { state in
          var row = row
          row[id.index] = state
          return row
        }
      }
    }
  }
}

/// Numbers whose digits have bases of their own, the last digit fastest: how the joint states of some axes are numbered.
package struct MixedRadix: Hashable, Sendable {
  /// The number of states of each axis.
  package let bases: [Int]

  /// The joint states of axes with these numbers of states.
  package init(_ bases: [Int]) { self.bases = bases }

  /// The number of joint states; 1 without axes.
  package var count: Int { bases.reduce(1, *) }

  /// How far a step along each axis moves among the joint states.
  package var strides: [Int] {
    var strides = bases
    var stride = 1
    for axis in bases.indices.reversed() {
      strides[axis] = stride
      stride *= bases[axis]
    }
    return strides
  }

  /// The state of each axis in a joint state; those of the first one again in the one after the last.
  package func digits(of number: Int) -> [Int] {
    var digits = bases
    var rest = number
    for axis in bases.indices.reversed() {
      digits[axis] = rest % bases[axis]
      rest /= bases[axis]
    }
    return digits
  }

  /// For each joint state in order, where it stands in a layout with other strides: Σ strides · digits.
  package func positions(strides: [Int]) -> [Int] {
    var positions = [0]
    for (base, stride) in zip(bases, strides) {
      positions = positions.flatMap { position in (0..<base).map { position + $0 * stride } }
    }
    return positions
  }
}
