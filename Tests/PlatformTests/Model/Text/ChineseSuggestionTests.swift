import CRMModel
import Testing

@Suite("The nearest word")
struct ChineseSuggestionTests {
    @Test("is found for Chinese words of two to four characters and for English ones")
    func nearest() {
        let names = ["省份", "公司名称", "电话", "name", "amount"]
        #expect(Suggestion.nearest(to: "省分", among: names) == "省份")
        #expect(Suggestion.nearest(to: "公司明称", among: names) == "公司名称")
        #expect(Suggestion.nearest(to: "amuont", among: names) == "amount")
        #expect(Suggestion.nearest(to: "Name", among: names) == "name")
        #expect(Suggestion.nearest(to: "天气", among: names) == nil)
        #expect(Suggestion.nearest(to: "x", among: ["y"]) == nil)
    }
}
