public import LatentData

/// How far the tables of two models are apart. Cells are matched by the names of variables and states, in whatever order
/// the models have them.
public struct TableComparison: Sendable {
  /// A cell and its value in either model.
  public struct Difference: Hashable, Sendable {
    /// The variable whose table it is, in the first model.
    public let variable: VariableID
    /// The configuration of its parents, in the first model.
    public let configuration: Int
    /// Which cell of the row it is, in the first model: a state, or a parameter of numbers.
    public let column: Int
    /// The value in the first model.
    public let first: Double
    /// The value in the second model.
    public let second: Double

    /// How far the values are apart.
    public var distance: Double { (first - second).magnitude }
  }

  /// The number of cells that were compared.
  public private(set) var cells = 0
  /// The cell whose values are farthest apart, the first if there are several; nil when all are equal.
  public private(set) var worst: Difference?

  /// Compares all tables; linear in their cells.
  ///
  /// - Throws: when the models do not have the same variables, states, edges and tables.
  public init(_ first: Model, _ second: Model) throws(ModelMismatch) {
    for variable in second.schema.variables where first.schema[variable.name] == nil {
      throw .variable(variable.name)
    }
    for family in first.structure.families { try compare(family, in: first, with: second) }
  }

  private mutating func compare(
    _ family: Family, in first: Model, with second: Model
  ) throws(ModelMismatch) {
    let (id, name) = (family.child, first.schema[family.child].name)
    guard let other = second.schema[name] else { throw .variable(name) }
    let otherFamily = second.structure.family(of: other)
    let columns = family.children.map { first.schema[$0].name }
    guard columns == otherFamily.children.map({ second.schema[$0].name }),
      family.isTable || family.name == otherFamily.name && family.law == otherFamily.law
    else { throw .columns(of: family.name) }
    let (parents, otherParents) = (family.parents, otherFamily.parents)
    let positions = Dictionary(uniqueKeysWithValues: zip(otherParents.map { second.schema[$0].name }, 0...))
    var axes: [Axis] = []
    for parent in parents {
      guard let position = positions[first.schema[parent].name] else { throw .parents(of: name) }
      let (axis, otherAxis) = (first.schema[parent], second.schema[otherParents[position]])
      axes.append(try Axis(axis, otherAxis, width: axis.cardinality, position: position))
    }
    guard parents.count == otherParents.count else { throw .parents(of: name) }
    let width = family.width
    let child = try Axis(first.schema[id], second.schema[other], width: width, position: parents.count)
    switch (first.table(of: id)?.cells, second.table(of: other)?.cells) {
    case (nil, nil):
      return
    case (let table?, let otherTable?):
      let strides = MixedRadix(otherParents.map { second.schema[$0].cardinality } + [width]).strides
      compare(table, otherTable, axes + [child], strides, id)
    case (nil, _?), (_?, nil):
      throw .table(of: name)
    }
  }

  /// Runs through the first table in order and finds each cell in the second.
  private mutating func compare(
    _ table: [Double], _ other: [Double], _ axes: [Axis], _ strides: [Int], _ id: VariableID
  ) {
    let width = axes[axes.count - 1].codes.count
    let positions = axes.reduce([0]) { positions, axis in
      positions.flatMap { position in axis.codes.map { position + $0 * strides[axis.position] } }
    }
    for (index, (value, position)) in zip(table, positions).enumerated() where value != other[position] {
      let difference = Difference(
        variable: id, configuration: index / width, column: index % width, first: value, second: other[position])
      if difference.distance > worst?.distance ?? 0 { worst = difference }
    }
    cells += table.count
  }

  /// Where the states of an axis of the first table are in the second.
  private struct Axis {
    let position: Int
    let codes: [Int]

    /// - width: how many cells the axis has: states, or the parameters of a variable of numbers.
    init(_ first: Variable, _ second: Variable, width: Int, position: Int) throws(ModelMismatch) {
      switch (first.domain, second.domain) {
      case (.states(let states), .states(let others)):
        let positions = Dictionary(uniqueKeysWithValues: zip(others, 0...))
        codes = states.compactMap { positions[$0] }
        guard codes.count == states.count, states.count == others.count else { throw .states(of: first.name) }
      case (.real, .real), (.count, .count):
        codes = Array(0..<width)
      case (.states, _), (.real, _), (.count, _):
        throw .states(of: first.name)
      }
      self.position = position
    }
  }
}

/// What keeps the tables of two models from being compared.
public enum ModelMismatch: Error, Hashable, CustomStringConvertible {
  /// A variable that only one of the models has.
  case variable(String)
  /// A variable that has other states in the other model, or numbers in one and states in the other.
  case states(of: String)
  /// A variable or block whose numbers are described in another way in the other model.
  case columns(of: String)
  /// A variable that has other parents in the other model.
  case parents(of: String)
  /// A variable that has parameters in one model only.
  case table(of: String)

  /// The mismatch in a few words.
  public var description: String {
    switch self {
    case .variable(let name): "only one of the two has a variable \(name)"
    case .states(let name): "\(name) has other states"
    case .columns(let name): "the numbers of \(name) are described in another way"
    case .parents(let name): "\(name) has other parents"
    case .table(let name): "only one of the two has parameters for \(name)"
    }
  }
}
