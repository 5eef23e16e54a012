#!/usr/bin/env python3
"""Writes 100 texts that are no English sentences, and beside them english.csv, 50 that are; see README.md."""
import csv
import sys
from pathlib import Path

from sound import fail

FOREIGN = {
    "german": [
        "Heute Morgen habe ich meinen Schlüssel im Auto vergessen.",
        "Das war der schönste Abend seit vielen Jahren!",
        "Warum hast du mir nichts davon gesagt?",
        "Die Suppe ist schon wieder kalt, ich esse das nicht.",
        "Wir treffen uns um halb acht vor dem Bahnhof.",
        "Ich vermisse meine Großmutter sehr.",
    ],
    "french": [
        "Je ne trouve plus mes lunettes depuis ce matin.",
        "Quelle joie de vous revoir après tout ce temps !",
        "Il pleut encore, et le train a une heure de retard.",
        "Ne me parle plus jamais sur ce ton.",
        "On a mangé des crêpes au bord de la mer.",
    ],
    "spanish": [
        "Mañana vamos a pintar la cocina de azul.",
        "¡Qué alegría verte por aquí, no me lo esperaba!",
        "Me duele mucho que te vayas tan lejos.",
        "El perro del vecino ladra toda la noche.",
        "No quiero volver a hablar de ese asunto.",
    ],
    "italian": [
        "Il gatto dorme sempre sulla sedia rossa.",
        "Che bella sorpresa, grazie di cuore!",
    ],
    "portuguese": [
        "A janela ficou aberta e a chuva molhou tudo.",
        "Que saudade dos meus primos de Coimbra.",
        "Não acredito que você quebrou o copo de novo!",
    ],
    "dutch": [
        "Wat een heerlijke dag was dat op het strand!",
        "Ik ben zo boos dat ik niet kan slapen.",
    ],
    "polish": [
        "Wczoraj zgubiłem portfel w tramwaju.",
        "Cieszę się, że wreszcie przyjechałaś!",
        "Nie mam już siły tego słuchać.",
        "Na obiad będą pierogi z kapustą.",
    ],
    "turkish": [
        "Bu sabah komşumuz bize sıcak ekmek getirdi.",
        "Seni çok özledim, ne zaman döneceksin?",
        "Otobüs yine gelmedi, artık sabrım kalmadı.",
        "Çocuklar bahçede top oynuyor.",
    ],
    "finnish": [
        "Järven jää suli vasta toukokuussa.",
        "Olen niin iloinen, että tulit käymään!",
        "Miksi kukaan ei vastaa puhelimeen?",
        "Keitin kahvia, mutta maito oli loppu.",
    ],
    "hungarian": [
        "A kertben már érik a cseresznye.",
        "Nagyon félek attól, mi lesz holnap.",
    ],
    "vietnamese": ["Hôm nay trời mưa to, tôi ở nhà nấu cơm.", "Em vui quá vì được gặp lại bạn cũ."],
    "swahili": [
        "Leo asubuhi tulipanda miti mitatu shuleni.",
        "Nimefurahi sana kukuona tena rafiki yangu.",
        "Mbona umechelewa hivyo, chakula kimepoa.",
    ],
    "russian": [
        "Сегодня утром я опоздал на автобус.",
        "Как же я рада тебя видеть!",
        "Перестань кричать, у меня болит голова.",
        "Бабушка испекла пирог с яблоками.",
    ],
    "greek": [
        "Το πρωί ξέχασα την ομπρέλα στο γραφείο.",
        "Τι χαρά που ήρθες απόψε!",
        "Δεν θέλω να τον ξαναδώ ποτέ.",
    ],
    "arabic": [
        "نسيت مفتاح البيت في السيارة هذا الصباح.",
        "ما أجمل هذه المفاجأة، شكرا لكم جميعا!",
        "لماذا لم تخبرني بذلك من قبل؟",
    ],
    "hebrew": ["שכחתי את המטריה באוטובוס.", "איזה יופי שבאת לבקר אותנו!"],
    "hindi": [
        "आज सुबह मेरी चाबी कार में रह गई।",
        "तुमसे मिलकर बहुत खुशी हुई!",
        "मुझे अब और इंतज़ार नहीं करना है।",
    ],
    "japanese": [
        "けさ、駅にかさを忘れてしまいました。",
        "久しぶりに会えて本当にうれしいです！",
        "どうして何も言ってくれなかったの。",
    ],
    "chinese": ["今天早上我把钥匙忘在车里了。", "见到你我真的太高兴了！", "别再对我大喊大叫了。"],
    "korean": ["오늘 아침에 버스를 놓쳤어요.", "다시 만나서 정말 반가워요!", "왜 나한테 말하지 않았어?"],
    "thai": ["เช้านี้ฉันลืมร่มไว้ที่สถานี", "ดีใจมากที่ได้เจอกันอีก"],
    "invented": [
        "La belona kapruso mirendas trans la verdaj montetoj.",
        "Ni tavrelo sumi pek, ona divestra lumado!",
        "Oru tamike valen nosti, pelu rani.",
        "Zemblik trovan ist durrelka om vishtar.",
    ],
    "letters": [
        "qzv xkrp wtl bnmq",
        "hjk plo wre tyu zxc",
        "aeiou uoiea oaeui",
        "b",
        "xq zzk vvr",
    ],
    "keyboard": [
        "asdfghjkl asdf jkl",
        "qwertyuiop",
        "sdkfjh skdjfh sdkjfh",
        "lkjhgfdsa poiuy",
    ],
    "tags": [
        "[BREATHING]",
        "[LAUGHTER] [NOISE]",
        "<unk> <unk>",
        "(inaudible)",
        "{cough}",
    ],
    "fillers": ["xxx", "xxx yyy xxx", "mhm", "..."],
    "numbers": ["4711", "12 34 56 78", "3.14159", "1,000,000", "0x7f 0b1011"],
    "emoji": ["😀", "😡😡😡", "🎉🎂🎈", "😭", "👍🏽"],
}

ENGLISH = {
    "anger": [
        "I am furious that you read my letters.",
        "Get out of my kitchen right now!",
        "He broke his promise again and I hate it.",
        "How dare you talk to my daughter like that?",
        "This is the third time they lost my luggage, what a disgrace.",
        "Stop lying to me, you selfish fool.",
        "I am so angry that my hands are shaking.",
        "They fired her for nothing, it makes me mad.",
        "Shut up and leave me alone!",
    ],
    "happiness": [
        "We won the match, I am so happy!",
        "Thank you so much, this is the best present ever.",
        "I love how the garden looks in the spring.",
        "What a wonderful evening with good friends.",
        "She said yes, we are getting married!",
        "I am so proud of you, well done.",
        "The baby laughed for the first time today, it was lovely.",
        "Great news, the doctor says that I am healthy again!",
        "This cake is delicious, you are amazing.",
    ],
    "sadness": [
        "My dog died last night and I cannot stop crying.",
        "I miss my brother so much.",
        "She left without saying goodbye and it broke my heart.",
        "I feel lonely in this big empty house.",
        "Nobody came to my birthday party.",
        "I am sorry for your loss, he was a good man.",
        "It hurts that he has forgotten me.",
        "We had to sell the farm, it is so sad.",
        "I have lost all hope of seeing her again.",
    ],
    "fear": [
        "I am scared of walking home in the dark.",
        "Please hurry, someone is trying to break in!",
        "I am terrified that the plane will crash.",
        "What if the test shows that I am very ill?",
        "Do not open that door, I am afraid.",
        "The nightmares come back every night and frighten me.",
        "I worry that we will lose our home.",
    ],
    "disgust": [
        "The fridge smells of rotten meat, that is disgusting.",
        "I found a hair in my soup, gross.",
        "His jokes about her are vile.",
        "The toilets were filthy and made me sick.",
    ],
    "surprise": [
        "Wow, I did not expect to see you here!",
        "I cannot believe that you kept it a secret all year!",
        "Oh my god, where did that come from?",
        "No way, you really built this yourself?",
    ],
    "neutral": [
        "The shop opens at nine in the morning.",
        "You can find the forms on the second floor.",
        "The bus stops in front of the library.",
        "He works for a company that makes chairs.",
        "The meeting was moved to Thursday.",
        "Put the box on the table next to the lamp.",
        "It takes about twenty minutes by train.",
        "The report has twelve pages.",
    ],
}


def write(path, groups):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "text"])
        for group, texts in groups.items():
            for i, text in enumerate(texts, 1):
                rows.writerow([f"{group}-{i}", text])
    print(f"{path}: {sum(map(len, groups.values()))} texts")


def main():
    if len(sys.argv) != 2:
        fail("usage: sentences.py OUT.csv")
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    write(out, FOREIGN)
    write(out.parent / "english.csv", ENGLISH)


if __name__ == "__main__":
    main()
