/// The messages of a group of nodes with the largest product in place of the sum: max-product elimination.
///
/// - Returns: what the caller must know to keep products from underflowing.
public func maxProductForward(_ group: NodeGroup, value: UnsafeMutablePointer<Double>) -> MessageRange {
  var range = MessageRange()
  for node in 0..<group.count {
    for s in 0..<group.cells {
      var best = 0.0
      for x in 0..<group.states {
        var product = 1.0
        for k in 0..<group.inputs {
          product *= value[group.position(of: k, node: node, cell: s, state: x)]
        }
        best = max(best, product)
      }
      value[group.message + node * group.cells + s] = best
      range.include(best)
    }
  }
  return range
}

/// Whether cell s of a node's message is a sum over products of which one has only positive factors: such a cell is
/// positive, and zero only where it was too small for a double.
public func isPositive(_ group: NodeGroup, node: Int, cell s: Int, value: UnsafePointer<Double>) -> Bool {
  for x in 0..<group.states {
    var positive = true
    for k in 0..<group.inputs where value[group.position(of: k, node: node, cell: s, state: x)] == 0 {
      positive = false
    }
    if positive { return true }
  }
  return false
}
