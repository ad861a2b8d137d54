public import LatentData
public import LatentModels

/// What a family of numbers of a random network is.
public enum NumberKind: Hashable, Sendable {
  case scalar
  case count
  case block(columns: Int, Covariance)

  /// A kind drawn from all; blocks have up to four columns.
  static func random(using random: inout some RandomNumberGenerator) -> NumberKind {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .scalar
    case 1: .count
    default:
      .block(
        columns: Int.random(in: 1...4, using: &random), Covariance.allCases.randomElement(using: &random) ?? .full)
    }
  }
}

extension Arbitrary {
  /// A random network of variables with states, and below them families of numbers of all kinds: scalars and counts
  /// called `x0`, `x1`, …, and blocks `b0`, `b1`, … with the columns `b0c0`, `b0c1`, ….
  ///
  /// - Parameter kinds: what the families are; drawn where there are none.
  public static func numericNetwork(
    variables: Int, families: Int, kinds: [NumberKind] = [], maximumParents: Int = 2, zeros: Double = 0,
    using random: inout some RandomNumberGenerator
  ) -> BayesianNetwork {
    let discrete = structure(variables: variables, maximumParents: maximumParents, maximumStates: 3, using: &random)
    var parents = discrete.graph.parents
    var list = discrete.schema.variables
    var blocks: [Block] = []
    for number in 0..<families {
      let chosen = Array(
        discrete.schema.ids.shuffled(using: &random)
          .prefix(Int.random(in: 0...min(variables, maximumParents), using: &random)))
      func append(_ name: String, _ domain: Domain) {
        list.append(byConstruction { try Variable(name: name, domain: domain) })
        parents.append(chosen)
      }
      switch number < kinds.count ? kinds[number] : NumberKind.random(using: &random) {
      case .scalar: append("x\(number)", .real)
      case .count: append("x\(number)", .count)
      case .block(let columns, let covariance):
        let ids = (0..<columns).map { VariableID(list.count + $0) }
        for column in 0..<columns { append("b\(number)c\(column)", .real) }
        blocks.append(Block(name: "b\(number)", columns: ids, covariance: covariance))
      }
    }
    return byConstruction {
      let structure = try NetworkStructure(schema: try Schema(list), parents: parents, blocks: blocks)
      var parameters = network(discrete, zeros: zeros, using: &random).parameters
      for family in structure.numericFamilies {
        let shared = covariance(of: family, using: &random)
        for _ in 0..<family.configurations {
          switch family.law {
          case .table: break
          case .poisson: parameters.append(Double.random(in: 0.2...6, using: &random))
          case .gaussian(let shape):
            parameters += family.children.map { _ in Double.random(in: -3...3, using: &random) }
            parameters += shape == .tied ? shared : covariance(of: family, using: &random)
          }
        }
      }
      return try BayesianNetwork(structure: structure, parameters: parameters)
    }
  }

  /// The lower triangle of a covariance in the shape that a family has.
  private static func covariance(of family: Family, using random: inout some RandomNumberGenerator) -> [Double] {
    let count = family.children.count
    let factor = (0..<count).map { row in
      (0..<count).map { column in
        row == column ? Double.random(in: 0.5...1.5, using: &random) : Double.random(in: -1...1, using: &random)
      }
    }
    let variance = Double.random(in: 0.2...2, using: &random)
    return (0..<count).flatMap { row in
      (0...row).map { column in
        switch family.law {
        case .gaussian(.spherical): row == column ? variance : 0
        case .gaussian(.diagonal): row == column ? factor[row][row] : 0
        case .gaussian, .table, .poisson:
          (0...column).reduce(0) { $0 + factor[row][$1] * factor[column][$1] }
        }
      }
    }
  }

  /// A network with numbers of all kinds, and a table of weighted rows that it makes possible.
  public static func numericProblem(
    variables: Int, families: Int, kinds: [NumberKind] = [], rows: Int = 30, missing: Double, hiddenCount: Int = 0,
    using random: inout some RandomNumberGenerator
  ) -> (network: BayesianNetwork, table: Table) {
    let zeros = Bool.random(using: &random) ? 0.2 : 0
    let network = numericNetwork(variables: variables, families: families, kinds: kinds, zeros: zeros, using: &random)
    let categorical = network.schema.ids.filter { network.schema[$0].isCategorical }
    let hidden = Array(categorical.shuffled(using: &random).prefix(hiddenCount))
    let weights: RowWeights = Bool.random(using: &random) ? .ones : .random
    return (
      network,
      table(for: network, rows: rows, missing: missing, hidden: hidden, weights: weights, using: &random)
    )
  }
}
