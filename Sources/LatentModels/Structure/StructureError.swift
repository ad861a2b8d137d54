/// What makes variables and edges unusable as a network.
public enum StructureError: Error, Hashable, CustomStringConvertible {
  /// A variable that is listed twice among the parents of another.
  case duplicateParent(String, child: String)
  /// A variable of numbers among the parents of another.
  case parentOfNumbers(String, child: String)
  /// Edges that lead back to where they began, in a sentence with their names.
  case cycle(String)
  /// The table of this variable brings the network above `maximumTableSize`.
  case tableTooLarge(variable: String, parents: Int)

  /// The error in one sentence, with a remedy.
  public var description: String {
    switch self {
    case .duplicateParent(let parent, let child):
      "\(parent) is listed twice as a parent of \(child); list it once"
    case .parentOfNumbers(let parent, let child):
      "\(parent) has numbers and cannot be a parent of \(child); turn the edge around, or give \(parent) states"
    case .cycle(let sentence):
      sentence
    case .tableTooLarge(let variable, let parents):
      "the table of \(variable) below its \(parents) parents brings the network above \(NetworkStructure.maximumTableSize) cells; remove parents or merge states"
    }
  }
}
