/// What makes variables and edges unusable as a network.
public enum StructureError: Error, Hashable, CustomStringConvertible {
  /// A variable that is listed twice among the parents of another.
  case duplicateParent(String, child: String)
  /// A variable of numbers among the parents of another.
  case parentOfNumbers(String, child: String)
  /// A block without columns.
  case emptyBlock(String)
  /// A block with the name of a variable or of another block.
  case blockName(String)
  /// A column of a block that has states, or counts.
  case columnOfBlock(String, block: String)
  /// A column that belongs to a block already.
  case columnInTwoBlocks(String, block: String)
  /// Edges that lead back to where they began, in a sentence with their names.
  case cycle(String)
  /// The table of this variable brings the network above `maximumTableSize`.
  case tableTooLarge(variable: String, parents: Int)
  /// An edge from the previous step to or from a variable of numbers.
  case lagOfNumbers(String)
  /// An edge from the previous step of another variable.
  case lagOfOther(String)
  /// Several variables that depend on the previous step.
  case severalChains([String])
  /// How a variable begins that does not depend on the previous step.
  case initialWithoutChain(String)
  /// A stationary beginning of a variable that has other parents, too.
  case stationaryWithParents(String)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .duplicateParent(let parent, let child):
      "\(parent) is listed twice as a parent of \(child); list it once"
    case .parentOfNumbers(let parent, let child):
      "\(parent) has numbers and cannot be a parent of \(child); turn the edge around, or give \(parent) states"
    case .emptyBlock(let name):
      "the block \(name) has no columns; list those that it describes"
    case .blockName(let name):
      "the name \(name) of a block is taken by a variable or another block; names must differ"
    case .columnOfBlock(let column, let block):
      "\(column) does not hold real numbers and cannot be a column of the block \(block); leave it out of the block"
    case .columnInTwoBlocks(let column, let block):
      "\(column) is listed again as a column of the block \(block); list it once"
    case .lagOfNumbers(let edge):
      "the edge \(edge) joins the previous step to numbers; only variables with states can depend on the previous step"
    case .lagOfOther(let edge):
      "the edge \(edge) joins two variables; this version learns chains in which a variable depends on its own previous "
        + "step, as in a[t-1] -> a"
    case .severalChains(let names):
      "\(names.joined(separator: " and ")) depend on the previous step; this version learns models with one such variable"
    case .initialWithoutChain(let name):
      "\(name) does not depend on the previous step and has no 'initial'; remove it, or add the edge \(name)[t-1] -> \(name)"
    case .stationaryWithParents(let name):
      "\(name) has parents besides its previous step, so that no initial distribution is stationary; use free or fixed"
    case .cycle(let sentence):
      sentence
    case .tableTooLarge(let variable, let parents):
      "the table of \(variable) below its \(parents) parents brings the network above \(NetworkStructure.maximumTableSize) cells; remove parents or merge states"
    }
  }
}
