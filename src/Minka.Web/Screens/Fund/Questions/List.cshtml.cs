using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Web.Access;

namespace Minka.Web.Screens.Fund.Questions;

[Public]
public sealed class ListModel(AppDb db) : CallScreen(db)
{
    public bool MayAnswer(Question question) => IsOperator && Call.State == CallState.Published && question.Round == Call.Round;
}
