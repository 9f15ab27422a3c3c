"""Our own small list of Filipino nicknames and the given names they usually stand for.

Words of endearment that could be anyone's (Inday, Nene, Totoy, Dodong) are left out on purpose.
"""

from __future__ import annotations

_LIST = """
ador salvador | ambo pablo | andoy andres fernando | badong salvador | bea beatriz
bella isabel isabella | belle isabel maribel | ben benjamin ruben | benjie benjamin
bert roberto alberto gilberto | berto roberto alberto gilberto norberto | beth elizabeth
betty elizabeth beatriz | boyet roberto | caloy carlos | carling carlos carlito
cathy catherine catalina | celing celia marcelina | cely celia marcelina | charing rosario
chayong rosario | chito jose francisco | chona concepcion | concha concepcion
conching concepcion | cora corazon | cory corazon | dencio prudencio gaudencio | doming domingo
eddie eduardo edgardo | edong eduardo | elai eliza elaine | emong emilio | gabby gabriel gabriela
goryo gregorio | igan benigno | inggo domingo | isa isabel isabella | ising isabel
isko francisco | iya maria sofia | jen jennifer jenny | jenny jennifer | jhen jennifer
joey jose joseph | jojo jose joseph | josie josefa josefina | juaning juan | julie juliana julieta
kikay francisca | kiko francisco | kulas nicolas | lena magdalena elena | leting leticia
letty leticia | lina angelina carolina catalina | lita carmelita angelita estelita
lito carlito angelito | liza elizabeth | loleng dolores | lolit dolores | luz luzviminda
mac macario mark | maning manuel | manny manuel emmanuel | margie margarita | marife maria
maring maria marina | meding remedios | mely amelia | miggy miguel | mike michael miguel
mila milagros | minda luzviminda | mon ramon raymundo | mona ramona | monching ramon
nando fernando armando | nita juanita anita | nonong antonio | osang rosa rosalina | oyang gloria
pacing pacita | paco francisco | paquito francisco | pedring pedro | pepe jose | peping jose
piling pilar | pilita pilar | polding leopoldo | poldo leopoldo | puring purificacion
remy remedios | ronnie ronaldo | rudy rodolfo | sabel isabel | selo marcelo
sion asuncion concepcion | tasyo anastacio | tere teresa teresita theresa
tess teresa teresita theresa | tessie teresa teresita theresa | tin cristina christine kristine
tina cristina christina kristina | tino celestino florentino | tintin cristina christine kristine
tonio antonio | tony antonio | tonyo antonio | trining trinidad | vic victor victorino
vicky victoria | ysa isabel ysabel
"""


def _read(text: str) -> dict[str, frozenset[str]]:
    """Both ways: the nickname to its names, and each name to its nicknames."""
    both: dict[str, set[str]] = {}
    for entry in text.replace("\n", " | ").split("|"):
        nickname, *names = entry.split() or [""]
        for name in names:
            both.setdefault(nickname, set()).add(name)
            both.setdefault(name, set()).add(nickname)
    return {word: frozenset(others) for word, others in both.items()}


OTHER_FORMS: dict[str, frozenset[str]] = _read(_LIST)
