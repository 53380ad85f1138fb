"""Does `foreign_language` recognise questions in other languages, and leave English ones alone?

The English questions are those of a SQuAD-format file, both as they are and as hurried people type them. The rules were
made with some of the questions in other languages; the others were written when the rules were finished.
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from evaluation.noise import keywords, misspelled
from evaluation.squad import load
from qa.question.language import foreign_language

_MADE_WITH = {
    "French": (
        "Qui a ouvert la conférence ?",
        "Combien de pays étaient représentés ?",
        "Pourquoi le ministre a-t-il démissionné hier soir ?",
        "ou se trouve le siege de l'organisation",
        "Quelle est la capitale du Maroc ?",
        "Qu'est-ce que le président a annoncé mardi ?",
        "Depuis quand l'entreprise existe-t-elle ?",
        "Comment les chercheurs ont-ils mesuré la température ?",
        "De quoi parle cet article ?",
        "Que faut-il faire pour obtenir un visa ?",
        "quel age avait la victime",
        "Où aura lieu la prochaine réunion ?",
        "Est-ce que Paul McCartney était présent ?",
    ),
    "Spanish": (
        "¿Quién inauguró la conferencia?",
        "¿Cuántos países estuvieron representados?",
        "¿Por qué dimitió el ministro ayer?",
        "donde esta la sede de la organizacion",
        "¿Cuál es la capital de Marruecos?",
        "¿Qué anunció el presidente el martes?",
        "¿Desde cuándo existe la empresa?",
        "¿Cómo midieron la temperatura los investigadores?",
        "¿De qué trata este artículo?",
        "¿Qué hay que hacer para obtener un visado?",
        "cuantos años tenia la victima",
        "¿Dónde se celebrará la próxima reunión?",
        "¿Estuvo presente Paul McCartney en la ceremonia?",
    ),
    "German": (
        "Wer hat die Konferenz eröffnet?",
        "Wie viele Länder waren vertreten?",
        "Warum ist der Minister gestern zurückgetreten?",
        "wo ist der sitz der organisation",
        "Was ist die Hauptstadt von Marokko?",
        "Was hat der Präsident am Dienstag angekündigt?",
        "Seit wann gibt es das Unternehmen?",
        "Wie haben die Forscher die Temperatur gemessen?",
        "Worum geht es in diesem Artikel?",
        "Was muss man tun, um ein Visum zu bekommen?",
        "wie alt war das opfer",
        "Wo findet das nächste Treffen statt?",
        "War Paul McCartney bei der Feier dabei?",
    ),
    "Italian": (
        "Chi ha aperto la conferenza?",
        "Quanti paesi erano rappresentati?",
        "Perché il ministro si è dimesso ieri?",
        "dove si trova la sede dell'organizzazione",
        "Qual è la capitale del Marocco?",
        "Che cosa ha annunciato il presidente martedì?",
        "Da quando esiste l'azienda?",
        "Come hanno misurato la temperatura i ricercatori?",
        "Di che cosa parla questo articolo?",
        "Che cosa bisogna fare per ottenere un visto?",
        "quanti anni aveva la vittima",
        "Dove si terrà la prossima riunione?",
        "Paul McCartney era presente alla cerimonia?",
    ),
    "Portuguese": (
        "Quem abriu a conferência?",
        "Quantos países estavam representados?",
        "Por que o ministro se demitiu ontem?",
        "onde fica a sede da organizacao",
        "Qual é a capital de Marrocos?",
        "O que anunciou o presidente na terça-feira?",
        "Desde quando existe a empresa?",
        "Como é que os investigadores mediram a temperatura?",
        "De que trata este artigo?",
        "O que é preciso fazer para obter um visto?",
        "quantos anos tinha a vitima",
        "Onde será realizada a próxima reunião?",
        "O Paul McCartney esteve presente na cerimónia?",
    ),
    "Dutch": (
        "Wie heeft de conferentie geopend?",
        "Hoeveel landen waren vertegenwoordigd?",
        "Waarom is de minister gisteren afgetreden?",
        "waar is het hoofdkantoor van de organisatie",
        "Wat is de hoofdstad van Marokko?",
        "Wat heeft de president dinsdag aangekondigd?",
        "Sinds wanneer bestaat het bedrijf?",
        "Hoe hebben de onderzoekers de temperatuur gemeten?",
        "Waar gaat dit artikel over?",
        "Wat moet je doen om een visum te krijgen?",
        "hoe oud was het slachtoffer",
        "Waar vindt de volgende vergadering plaats?",
        "Was Paul McCartney bij de plechtigheid aanwezig?",
    ),
    "Arabic script": (
        "من افتتح المؤتمر؟",
        "كم دولة شاركت في المؤتمر؟",
        "ماذا أعلن الرئيس يوم الثلاثاء؟",
        "منذ متى توجد الشركة؟",
        "أين سيعقد الاجتماع القادم؟",
        "چه کسی کنفرانس را افتتاح کرد؟",
    ),
    "Cyrillic script": (
        "Кто открыл конференцию?",
        "Сколько стран было представлено?",
        "Что объявил президент во вторник?",
        "С каких пор существует компания?",
        "Где состоится следующая встреча?",
    ),
    "Chinese": (
        "谁主持了会议的开幕式?",
        "有多少个国家参加了会议?",
        "总统在星期二宣布了什么?",
        "这家公司是什么时候成立的?",
        "下一次会议在哪里举行?",
    ),
    "Turkish": (
        "Konferansı kim açtı?",
        "Kaç ülke temsil edildi?",
        "Bakan dün neden istifa etti?",
        "örgütün merkezi nerede bulunuyor",
        "Fas'ın başkenti hangi şehirdir?",
        "Başkan salı günü ne açıkladı?",
        "Şirket ne zamandan beri var?",
        "Araştırmacılar sıcaklığı nasıl ölçtü?",
        "Bu makale ne hakkında?",
        "Vize almak için ne yapmak gerekiyor?",
        "kurban kaç yaşındaydı acaba",
        "Bir sonraki toplantı nerede yapılacak?",
        "Paul McCartney törende hazır mıydı?",
    ),
    "Polish": (
        "Kto otworzył konferencję w Marrakeszu?",
        "Co ogłosił prezydent we wtorek?",
        "Gdzie odbędzie się następne spotkanie?",
        "ile lat miala ofiara wypadku",
    ),
    "Swedish": (
        "Vem öppnade konferensen i Marrakech?",
        "Vad meddelade presidenten i tisdags?",
        "Var kommer nästa möte att äga rum?",
        "hur gammal var offret för olyckan",
    ),
    "Japanese": (
        "会議を開いたのは誰ですか?",
        "次の会議はどこで行われますか?",
    ),
    "Korean": (
        "누가 회의를 열었습니까?",
        "다음 회의는 어디에서 열립니까?",
    ),
    "Devanagari script": (
        "सम्मेलन का उद्घाटन किसने किया?",
        "अगली बैठक कहाँ होगी?",
    ),
    "Greek": (
        "Ποιος άνοιξε το συνέδριο;",
        "Πού θα γίνει η επόμενη συνάντηση;",
    ),
    "Hebrew": (
        "מי פתח את הכנס?",
        "איפה תתקיים הפגישה הבאה?",
    ),
}
"""By language, or script."""

_HELD_OUT = {
    "French": (
        "Quels témoins la police a-t-elle interrogés jeudi ?",
        "qui est le directeur de l'usine",
        "Pourquoi les habitants ont-ils quitté leurs maisons ?",
        "En quelle année le traité fut-il signé ?",
        "Combien coûte la construction du nouveau pont ?",
        "A quelle heure le train est-il parti de Lyon ?",
    ),
    "Spanish": (
        "¿En qué año se firmó el tratado?",
        "quien es el director de la fabrica",
        "¿Por qué abandonaron sus casas los vecinos?",
        "¿Cuánto cuesta la construcción del nuevo puente?",
        "¿A qué hora salió el tren de Sevilla?",
        "que dijo la policia sobre los testigos",
    ),
    "German": (
        "In welchem Jahr wurde der Vertrag unterzeichnet?",
        "wer leitet die fabrik",
        "Warum haben die Bewohner ihre Häuser verlassen?",
        "Wie viel kostet der Bau der neuen Brücke?",
        "Um wie viel Uhr fuhr der Zug aus Köln ab?",
        "Welche Zeugen hat die Polizei befragt?",
    ),
    "Italian": (
        "In che anno fu firmato il trattato?",
        "chi dirige la fabbrica",
        "Perché gli abitanti hanno lasciato le loro case?",
        "Quanto costa la costruzione del nuovo ponte?",
        "A che ora è partito il treno da Torino?",
        "Quali testimoni ha interrogato la polizia?",
    ),
    "Portuguese": (
        "Em que ano foi assinado o tratado?",
        "quem dirige a fabrica",
        "Por que razão os moradores deixaram as suas casas?",
        "Quanto custa a construção da nova ponte?",
        "A que horas partiu o comboio do Porto?",
        "Que testemunhas foram ouvidas pela polícia?",
    ),
    "Dutch": (
        "In welk jaar werd het verdrag ondertekend?",
        "wie leidt de fabriek",
        "Waarom hebben de bewoners hun huizen verlaten?",
        "Hoeveel kost de bouw van de nieuwe brug?",
        "Hoe laat vertrok de trein uit Utrecht?",
        "Welke getuigen heeft de politie verhoord?",
    ),
    "Arabic script": (
        "في أي عام تم توقيع المعاهدة؟",
        "لماذا غادر السكان منازلهم؟",
        "كم تبلغ تكلفة بناء الجسر الجديد؟",
        "من هو مدير المصنع؟",
        "در چه سالی پیمان امضا شد؟",
        "متى غادر القطار؟",
    ),
    "Cyrillic script": (
        "В каком году был подписан договор?",
        "Почему жители покинули свои дома?",
        "Сколько стоит строительство нового моста?",
        "кто директор завода",
        "Коли був підписаний договір?",
        "О котором часу ушёл поезд из Москвы?",
    ),
    "Chinese": (
        "条约是哪一年签署的?",
        "居民为什么离开家园?",
        "新桥的建设费用是多少?",
        "工厂的经理是谁",
        "火车几点离开上海?",
        "警方询问了哪些证人?",
    ),
    "Turkish": (
        "Antlaşma hangi yılda imzalandı?",
        "fabrikanin muduru kim",
        "Sakinler evlerini neden terk etti?",
        "Yeni köprünün yapımı ne kadar tutuyor?",
        "Tren Ankara'dan saat kaçta kalktı?",
        "Polis hangi tanıkları sorguladı?",
    ),
    "Polish": (
        "W którym roku podpisano traktat?",
        "Dlaczego mieszkańcy opuścili swoje domy?",
        "kto jest dyrektorem fabryki",
    ),
    "Swedish": (
        "Vilket år undertecknades fördraget?",
        "Varför lämnade de boende sina hem?",
        "vem är chef för fabriken",
    ),
    "Danish": (
        "Hvilket år blev traktaten underskrevet?",
        "Hvorfor forlod beboerne deres hjem?",
        "hvem er chef for fabrikken",
    ),
    "Japanese": ("条約は何年に署名されましたか?",),
    "Korean": ("조약은 몇 년에 체결되었습니까?",),
    "Greek": ("Πότε υπογράφηκε η συνθήκη;",),
    "Hebrew": ("באיזו שנה נחתמה האמנה?",),
    "Thai": ("ใครเป็นผู้เปิดการประชุม",),
}
"""The same; the rules were not changed after they had been asked."""


def main() -> None:
    """Print how many English questions are taken for another language, and how many foreign ones are recognised."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.language", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE.json[.gz]")
    _, asked = load(parser.parse_args().file)
    random = Random(0)
    typed: dict[str, Callable[[str], str]] = {
        "as asked": str,
        "lower case, misspelled": lambda question: misspelled(question, random).lower(),
        "keywords": lambda question: keywords(question, random),
        "up to 3 keywords": lambda question: " ".join(keywords(question, random).split()[-3:]),
    }
    print(f"{len(asked):,} English questions, taken for another language:")
    for name, change in typed.items():
        taken = [question for question in (change(each.question) for each in asked) if foreign_language(question)]
        print(f"  {name:24}{len(taken):5}  {len(taken) / len(asked):7.3%}  {taken[:5]}")
    print("Questions in other languages:  known as such, and by name")
    for name, questions in (("made with", _MADE_WITH), ("held out", _HELD_OUT)):
        _print_known(name, [(language, each) for language, some in questions.items() for each in some])


def _print_known(name: str, questions: Iterable[tuple[str, str]]) -> None:
    found = [(language, foreign_language(question), question) for language, question in questions]
    known = sum(bool(answer) for _, answer, _ in found)
    named = sum(answer == language for language, answer, _ in found)
    print(f"  {name:24}{len(found):5}  {known / len(found):7.1%}  {named / len(found):7.1%}")
    for language, answer, question in found:
        if answer != language:
            print(f"    {language}, taken for {answer or 'English'}: {question}")


if __name__ == "__main__":
    main()
