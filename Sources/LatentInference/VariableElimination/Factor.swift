package import LatentData
internal import LatentKernels

/// A table of logarithms over the joint states of a few variables.
///
/// Logarithms, because a product over a thousand observed variables is too small for a `Double`, and because scaling
/// by the largest cell is not enough: the largest may meet a zero later, and the cells far below it are then all that
/// is left. An exact 0 is −∞ and stays so.
package struct Factor: Hashable, Sendable {
  /// The variables, all different; the last one varies fastest.
  package let scope: [VariableID]
  /// The number of states of each variable of the scope.
  package let cardinalities: [Int]
  /// One logarithm per joint state: Π cardinalities of them, a single one for an empty scope.
  package let logValues: [Double]

  package init(scope: [VariableID], cardinalities: [Int], logValues: [Double]) {
    precondition(scope.count == cardinalities.count, "one number of states per variable")
    precondition(logValues.count == cardinalities.reduce(1, *), "one number per joint state")
    self.scope = scope
    self.cardinalities = cardinalities
    self.logValues = logValues
  }

  /// The product of factors as a table over the given variables, which must contain their scopes.
  ///
  /// A variable that no factor has is constant. O(factors · joint states).
  package static func product(_ factors: [Factor], over scope: [VariableID], cardinalities: [Int]) -> Factor {
    var values = [Double](repeating: 0, count: cardinalities.reduce(1, *))
    for factor in factors {
      let strides = factor.strides(over: scope)
      values.withUnsafeMutableBufferPointer { values in
        factor.logValues.withUnsafeBufferPointer { source in
          addBroadcast(source, strides: strides, cardinalities: cardinalities, to: values)
        }
      }
    }
    return Factor(scope: scope, cardinalities: cardinalities, logValues: values)
  }

  /// The same table with its variables in another order.
  package func arranged(over scope: [VariableID]) -> Factor {
    let sizes = Dictionary(uniqueKeysWithValues: zip(self.scope, cardinalities))
    return Factor.product([self], over: scope, cardinalities: scope.map { sizes[$0] ?? 1 })
  }

  /// The table in which a variable of the scope has one state, without that variable.
  package func reduced(_ id: VariableID, to state: StateCode) -> Factor {
    guard scope.last == id else { return movingToEnd(id).reduced(id, to: state) }
    let states = cardinalities[cardinalities.count - 1]
    return droppingLast(stride(from: Int(state), to: logValues.count, by: states).map { logValues[$0] })
  }

  /// Σ over the states of a variable of the scope.
  package func summingOut(_ id: VariableID) -> Factor {
    guard scope.last == id else { return movingToEnd(id).summingOut(id) }
    let states = cardinalities[cardinalities.count - 1]
    return droppingLast(
      logValues.withUnsafeBufferPointer { values in
        stride(from: 0, to: values.count, by: states).map {
          logSumOfExponentials(UnsafeBufferPointer(rebasing: values[$0..<$0 + states]))
        }
      })
  }

  /// The maximum over the states of a variable of the scope, and for each remaining joint state the state that has it:
  /// the first of those within a relative 1e-12 of each other.
  package func maximizingOut(_ id: VariableID) -> (factor: Factor, states: [StateCode]) {
    guard scope.last == id else { return movingToEnd(id).maximizingOut(id) }
    let states = cardinalities[cardinalities.count - 1]
    var maxima: [Double] = []
    var choices: [StateCode] = []
    for start in stride(from: 0, to: logValues.count, by: states) {
      let row = logValues[start..<start + states]
      var highest = -Double.infinity
      for value in row where value > highest { highest = value }
      // A difference of logarithms is a relative difference; beyond 1 they carry a rounding error of their own size.
      let threshold = highest - 1e-12 * max(1, highest.magnitude)
      maxima.append(highest)
      choices.append(StateCode((row.firstIndex { $0 >= threshold } ?? start) - start))
    }
    return (droppingLast(maxima), choices)
  }

  private func movingToEnd(_ id: VariableID) -> Factor {
    precondition(scope.contains(id), "the variable belongs to the factor")
    return arranged(over: scope.filter { $0 != id } + [id])
  }

  private func droppingLast(_ values: [Double]) -> Factor {
    Factor(scope: Array(scope.dropLast()), cardinalities: Array(cardinalities.dropLast()), logValues: values)
  }

  /// How far a step along each variable of another scope moves in this table; 0 along variables that it does not have.
  private func strides(over other: [VariableID]) -> [Int] {
    var strides = [Int](repeating: 0, count: other.count)
    var stride = 1
    for (id, cardinality) in zip(scope, cardinalities).reversed() {
      guard let axis = other.firstIndex(of: id) else { preconditionFailure("the scope contains the factor's") }
      strides[axis] = stride
      stride *= cardinality
    }
    return strides
  }
}
