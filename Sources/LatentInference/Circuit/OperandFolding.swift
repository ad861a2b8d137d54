/// What a step may multiply: the table of a family, evidence, or the message of another step. Of its scope the lowest
/// rank varies fastest.
struct Operand<Ranks: RankSet> {
  /// The number of a family of the shape, or the complement of the number of a step of the shape.
  let input: Int32
  /// The hidden variables that it depends on.
  let scope: Ranks
  /// Whether it depends on numbers that a row observes.
  let isOpen: Bool
}

/// Multiplies operands until a step can take them all, those first that do not depend on the numbers of a row: their
/// products are formed once for many rows.
///
/// - multiply: forms the product of two or three operands.
func foldedClosedFirst<Ranks: RankSet>(
  _ operands: [Operand<Ranks>], _ multiply: ([Operand<Ranks>]) -> Operand<Ranks>
) -> [Operand<Ranks>] {
  let most = EliminationPlanner.maximumInputs
  let open = operands.filter(\.isOpen)
  guard !open.isEmpty, operands.count > most else { return folded(operands, to: most, multiply) }
  let closed = folded(operands.filter { !$0.isOpen }, to: max(1, most - open.count), multiply)
  return folded(closed + open, to: most, multiply)
}

/// Multiplies operands in threes, those of equal scope first, until at most `limit` are left: partial products repeat
/// across components more often than whole ones, and no message is a product of so many numbers that it underflows.
///
/// - limit: how many operands may be left; at least one.
private func folded<Ranks: RankSet>(
  _ operands: [Operand<Ranks>], to limit: Int, _ multiply: ([Operand<Ranks>]) -> Operand<Ranks>
) -> [Operand<Ranks>] {
  var operands = operands
  while operands.count > limit {
    let groups = groupsToMultiply(operands)
    operands = []
    for group in groups {
      for start in stride(from: 0, to: group.count, by: 3) {
        let triple = Array(group[start..<min(start + 3, group.count)])
        operands.append(triple.count > 1 ? multiply(triple) : triple[0])
      }
    }
  }
  return operands
}

/// Operands of equal scope together; where all scopes differ, the three smallest together and the others alone.
private func groupsToMultiply<Ranks: RankSet>(_ operands: [Operand<Ranks>]) -> [[Operand<Ranks>]] {
  var groups: [[Operand<Ranks>]] = []
  for operand in operands {
    if let group = groups.firstIndex(where: { $0[0].scope == operand.scope }) {
      groups[group].append(operand)
    } else {
      groups.append([operand])
    }
  }
  guard groups.allSatisfy({ $0.count == 1 }) else { return groups }
  groups.sort { $0[0].scope.count < $1[0].scope.count }
  let count = min(3, groups.count)
  return [groups[..<count].flatMap { $0 }] + groups.dropFirst(count)
}
